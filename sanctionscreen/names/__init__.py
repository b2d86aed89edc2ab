"""Text to `Name`.

The steps, in order, a file each:

1. `normalise`: the same characters, whatever hand or machine wrote them.
2. `transliterate` (with `scripts` and `romanise`): Latin letters for every script, one reading or several.
3. `splitting` (with `segments` for Han): words, each with its place in the original.
4. `rereading`: the family name that stands before a comma, legal forms glued to a word.
5. `compounds`: Arabic names that are written as one word or as three.
6. `tokens` (with `lexicon`, `roles`, `legal_forms` and `numerals`): what each word does in the name and what it
   means; `kinds`: what the name names.
7. `readings`: the same text cut or taken in other ways; those of names in other scripts are in `foreign`.

`parsing` puts them together, and `plain` makes one step of all for names that need no more. Not done here: no word
is compared with another.

>>> name = parse("Банк ВТБ (ПАО)")
>>> [(token.text, token.role.value, token.concept) for token in name.readings[0].tokens]
[('bank', 'generic', 'bank'), ('vtb', 'word', ''), ('pao', 'legal', 'public_limited')]
"""

from sanctionscreen.names.name import Name, Reading, Role, Token
from sanctionscreen.names.normalise import MAX_LENGTH
from sanctionscreen.names.parsing import MAX_TOKENS, parse

__all__ = ["MAX_LENGTH", "MAX_TOKENS", "Name", "Reading", "Role", "Token", "parse"]
