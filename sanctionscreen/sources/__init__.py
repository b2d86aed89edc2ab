"""Files to records, and back.

`loading` reads list files, with `files` (bytes to text), `faults` and `checks` (what is wrong with it, and where).
`writing` writes them, `schema` describes them to editors. `importers` turn official files into list files. `merging`
(with `combining`) makes one party of its records on several lists; `diffing` compares two editions. `official` says
where lists are published, `downloading` fetches them, `gathering` imports a folder of them, `archive` keeps every
edition, `switching` changes several files at one stroke, and `locking` lets one process at a time do so.
"""
