"""Which rule of laxconv a message of JAX belongs to: goldens/messages.json has patterns by rule."""

import json
import re
from pathlib import Path

LONGEST = 300


class Rules:
    """`classes`: the exception class of each rule, from packages/api/src/rules.ts."""

    def __init__(self, classes: dict[str, str], messages: Path):
        self._classes = classes
        self._patterns = json.loads(messages.read_text())
        unknown = set(self._patterns) - set(classes)
        if unknown:
            raise SystemExit(f"{messages.name} names rules that do not exist: {', '.join(sorted(unknown))}")

    def problem(self, refused: str, error: str, message: str, difference: dict | None) -> str | None:
        """Why the rule does not fit what JAX raised; None when it does."""
        if refused not in self._classes:
            return f"there is no rule {refused}"
        expected = difference["jax"] if difference else self._classes[refused]
        if error != expected:
            return f"JAX raises {error}, expected {expected} ({refused}): {first_lines(message)}"
        if not difference and not any(re.search(pattern, message) for pattern in self._patterns.get(refused, [])):
            fitting = [rule for rule, patterns in self._patterns.items() if any(re.search(pattern, message) for pattern in patterns)]
            return f"JAX's message is not one of {refused}'s (rather of {fitting}): {first_lines(message)}"
        return None


def first_lines(message: str) -> str:
    """The beginning of a message: a sentence, not a listing of the program and where it stands."""
    text = re.split(r"\n\nThe MLIR operation involved|\nThis is a bug|\s+at \"?\S*conv_general_dilated", message)[0]
    text = re.sub(r"0x[0-9a-f]+", "0x…", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kept = " ".join(lines[:3])
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"
