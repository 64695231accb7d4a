"""Questions to requests to records. One file per source."""
