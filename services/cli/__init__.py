"""The operator's command, meldekette."""
