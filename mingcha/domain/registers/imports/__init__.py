"""What can be loaded from a file. Reads and checks; an action stages and merges what comes out."""

from mingcha.domain.registers.imports.reading import Reading, Remark, Row
from mingcha.domain.registers.imports.registers import read_register

__all__ = ["Reading", "Remark", "Row", "read_register"]
