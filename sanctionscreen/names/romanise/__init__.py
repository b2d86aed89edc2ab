"""Romanisation, a file a script: each turns a run of one script into Latin, character by character.

Every module has a function `romanised(text)` that gives one piece of Latin text for each character of the
normalised text (nothing, a letter, or several), so that the trail back to the original is never lost. The
standards are named in each module and in the tables beside it.
"""
