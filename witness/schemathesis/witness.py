"""Lets schemathesis send whatever an OpenAPI document allows, and much that it does not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

given = json.loads(sys.argv[1])
log = Path(given["log"])

# Where the answer is right and the expectation too narrow: code, what the complaint says, why.
explained = (
    ("ST(203|401)", r"[Gg]ot `?429", "after ten wrong keys in a minute a wrong key is told to wait"),
    ("ST204", r"returned 404", "a method that a path does not have is answered 404 by the router, not 405"),
    (
        "ST202",
        r"This address belongs to no sign-in|The state that Withings gave back is missing",
        "a made-up code of a sign-in is refused, as it has to be",
    ),
    ("ST202", r"The Referer header is no (web )?address", "an address as RFC 3986 has it need not be one for a browser"),
    ("ST103", r"Received: 431", "Node ends a request with an address over 16 kB before any route is known"),
    ("ST201", r"violates `maxLength`[\s\S]*\[431\]", "the address is too long for the server before it is too long for the field"),
)
command = [
    str(Path(sys.executable).with_name("st")),
    "run",
    f"{given['url']}/openapi.json",
    f"--checks={given['checks']}",
    *([f"--exclude-checks={given['without']}"] if given["without"] else []),
    "--phases=examples,coverage,fuzzing",
    f"--max-examples={given['examples']}",
    "--seed=1",
    "--request-timeout=60",
    "--max-response-time=60",
    "--no-color",
    *[f"--header={header}" for header in given["headers"]],
    *given["paths"],
]


def tell(name: str, ok: bool, detail: str = "") -> None:
    print(json.dumps({"name": name, "ok": ok, "detail": detail}), flush=True)


log = log.with_name(f"{log.stem}-{given['what'].split()[0]}.log")
with log.open("w") as file:
    subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, check=False, cwd=log.parent)
said = log.read_text()
cases = re.search(r"([\d,]+) generated", said)
tell(f"{given['what']}: sends requests of its own", cases is not None, f"{cases.group(0)}, seed 1" if cases else said[-400:])

# A report has one heading for each operation and one block for each complaint.
known: Counter[str] = Counter()
unknown: list[str] = []
report = said.split("= SUMMARY =")[0]
for operation, text in re.findall(r"^_+ ([A-Z]+ \S+) _+\n([\s\S]*?)(?=^_+ [A-Z]+ \S+ _+\n|\Z)", report, re.MULTILINE):
    for test in re.split(r"^\d+\. Test Case ID", text, flags=re.MULTILINE)[1:]:
        for code, block in re.findall(r"^- (ST\d+) ([\s\S]*?)(?=^- ST\d+|\Z)", test, re.MULTILINE):
            # The answer stands once below all complaints about it.
            reason = next((why for one, words, why in explained if re.fullmatch(one, code) and re.search(words, block + test)), None)
            if reason:
                known[reason] += 1
            else:
                unknown.append(f"{operation}: {code} {' '.join(block.split())[:120]}")
for reason, count in known.items():
    tell(f"expected otherwise, with reason: {reason}", True, f"{count} times")
tell(f"{given['what']}: finds every other answer as the document has it", not unknown and cases is not None, "; ".join(unknown[:8]))
