#!/usr/bin/python3
"""validate.py SCHEMA < RECORDS: names each record that the JSON Schema refuses, and exits 1 when there is one."""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
checker = jsonschema.validators.validator_for(schema)
checker.check_schema(schema)
validator = checker(schema)
bad = 0
for number, line in enumerate(sys.stdin, 1):
    for error in validator.iter_errors(json.loads(line)):
        bad = 1
        print(f"record {number}: {error.json_path}: {error.message}"[:300])
sys.exit(bad)
