"""RawThread -> PublicThread: the only maker of PublicText."""
