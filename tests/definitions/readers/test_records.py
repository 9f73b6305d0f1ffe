"""What readers tell of a record."""

from definitions.readers.records import RejectedError, rejected


def test_a_rejected_record_says_where_and_why():
    (problem,) = rejected(RejectedError("there is no name", "release.name")).problems
    assert problem.to_json() == {
        "path": "release.name",
        "code": "unreadable",
        "message": "there is no name",
    }
