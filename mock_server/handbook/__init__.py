"""The printed handbook: features and evidence in, HTML and PDF out."""
