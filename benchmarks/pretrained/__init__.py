"""How the pretrained embeddings of the package are made: the texts they are fitted to, and the fit. See README.md."""
