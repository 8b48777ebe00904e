"""The fit of the search by meaning: embeddings of terms, vectors and clusters of topics."""
