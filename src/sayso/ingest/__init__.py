"""Bytes to documents: files, folders, standard input and saved pages.

`inputs` finds what is to be read and tells what kind it is; `lines` takes JSONL apart, `pages`
finds the article in a web page, `characters` decodes bytes, `articles` holds what every document
must satisfy. Nothing here knows what a text says.
"""
