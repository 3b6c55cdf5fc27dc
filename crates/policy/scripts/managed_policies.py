"""Write AWS's managed policies, as the installed `moto` carries them, as a list of [name, document].

    pip install 'moto==5.2.5'
    python managed_policies.py managed.json
"""

import json
import sys

from moto.iam.aws_managed_policies import aws_managed_policies_data

policies = json.loads(aws_managed_policies_data)
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump([[name, policy["Document"]] for name, policy in sorted(policies.items())], out)
print(f"{len(policies)} policies")
