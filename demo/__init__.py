"""The invented county 明察示范县 (990000): generators of everything the demonstration shows. They write nothing."""
