"""A local page on which a person chooses among the candidates: a shell over the library."""
