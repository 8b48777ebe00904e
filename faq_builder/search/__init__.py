"""The index that the browser reads; its client is in theme/."""
