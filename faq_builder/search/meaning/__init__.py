"""The fit of the search by meaning: embeddings of terms and clusters of topics."""
