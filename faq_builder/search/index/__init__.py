"""Documents -> the files of the search index."""
