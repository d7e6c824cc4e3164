"""German words for what the desk shows."""

STATUSES = {
    "received": "Eingegangen",
    "assigned": "Zugewiesen",
    "in_progress": "In Bearbeitung",
    "question": "Rückfrage gestellt",
    "done": "Erledigt",
    "rejected": "Abgelehnt",
    "duplicate": "Doppelt gemeldet",
    "returned": "Abgegeben",
    "reopened": "Wieder geöffnet",
}

STEPS = {
    "in_progress": "In Bearbeitung nehmen",
    "question": "Rückfrage stellen",
    "done": "Als erledigt melden",
    "rejected": "Ablehnen",
    "duplicate": "Als doppelt schließen",
    "returned": "Abgeben: nicht unsere Aufgabe",
    "reopened": "Wieder öffnen",
}

LANES = {"normal": "Normal", "danger": "Gefahr", "confidential": "Vertraulich"}

FIELDS = {
    "status": "Status",
    "public_note": "Nachricht an die meldende Person",
    "expected_at": "Zugesagter Termin",
    "service_code": "Anliegen",
    "department": "Zuständige Stelle",
    "duplicate_of": "Doppelt zu",
    "reporter": "Die meldende Person",
}

FORM_FIELDS = {"expected_at": "expected_on"}
"""What is called otherwise in the form of the page."""

HINTS = {
    "to": "Bitte einen Schritt wählen.",
    "note": "Bitte höchstens 4000 Zeichen, ohne verborgene Steuerzeichen.",
    "public_note": "Eine Rückfrage braucht Worte; höchstens 4000 Zeichen.",
    "expected_on": "Bitte einen Tag in der Zukunft wählen.",
    "service_code": "Dieses Anliegen gibt es hier nicht.",
    "department": "Bitte eine andere Stelle wählen.",
    "duplicate_of": "Das ist kein anderer Fall Ihrer Stelle.",
}

REPLIES = {
    "answer": "hat geantwortet",
    "reopen": "sagt: nicht behoben",
    "withdraw": "hat die Meldung zurückgezogen",
    "follow": "Noch jemand hat es gesehen",
}

CHANNELS = {"mail": "E-Mail", "webhook": "Webhook"}

REFUSALS = {
    "stale-version": (
        "Jemand war schneller",
        (
            "Der Fall hat sich geändert, seit Sie ihn geöffnet haben. "
            "Unten steht der neue Stand; Ihre Eingaben sind noch da. "
            "Bitte prüfen und erneut absenden."
        ),
    ),
    "transition-not-allowed": (
        "So geht es hier nicht weiter",
        (
            "Dieser Schritt ist im jetzigen Stand nicht möglich. "
            "Ihre Eingaben sind noch da."
        ),
    ),
    "invalid-fields": (
        "Bitte die Angaben prüfen",
        "Die markierten Felder passen noch nicht.",
    ),
    "unknown-case": (
        "Diesen Fall gibt es hier nicht",
        "Er liegt bei einer anderen Stelle, oder die Adresse stimmt nicht.",
    ),
    "expired": (
        "Diese Seite ist abgelaufen",
        "Bitte gehen Sie zum Eingang zurück und versuchen Sie es noch einmal.",
    ),
}
