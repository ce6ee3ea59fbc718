"""The desk: a web page to work at, served on this machine.

`app` puts it together and guards it; `pages` shows what the ledger tells, `review` takes what
people decide, `adding` takes documents in. Every page is a page of HTML that works without
JavaScript and can be had as JSON; all that it depends on stands in its address. Starlette is known
here and nowhere else.
"""
