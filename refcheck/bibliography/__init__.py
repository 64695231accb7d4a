"""Records in and out of bibliographies: BibTeX, CSL-JSON, RIS and others, one file per form."""
