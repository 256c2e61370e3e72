"""A model of the ceremony: every act, every actor, every lie, and what holds whatever they do."""
