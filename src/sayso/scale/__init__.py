"""Reading on many machines: the same documents, the same readings and the same incidents as on one,
byte for byte, by Ray."""
