"""Whether what is made of the log, and the database that holds both, is as it should be: each
module compares one part of it and gives the `Fault`s that it finds."""
