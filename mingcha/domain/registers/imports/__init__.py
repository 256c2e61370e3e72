"""What can be loaded from a file. Reads and checks; an action stages and merges what comes out."""

from mingcha.domain.registers.imports.reading import Remark, Round
from mingcha.domain.registers.imports.registers import Judge, Recognised, digest_of_headings, recognise, recognised

__all__ = ["Judge", "Recognised", "Remark", "Round", "digest_of_headings", "recognise", "recognised"]
