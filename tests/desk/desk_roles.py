"""What each role may do with each noun of the desk, written out: v(iew) a(dd) c(hange) d(elete)."""

NOTHING = ""

TABLE: dict[str, tuple[str, str, str, str]] = {
    # noun:             contributor, editor, reviewer, administrator
    "AISystem": ("v", "vac", "vac", "vacd"),
    "Dataset": ("v", "vac", "vac", "vacd"),
    "Framework": ("v", "vac", "vac", "vacd"),
    "Organization": ("v", "vac", "vac", "vacd"),
    "ProgrammingLanguage": ("v", "vac", "vac", "vacd"),
    "SystemFamily": ("v", "vac", "vac", "vacd"),
    "Claim": ("v", "vac", "vacd", "vacd"),
    "Component": ("v", "vac", "vacd", "vacd"),
    "DataInformation": ("v", "vac", "vacd", "vacd"),
    "Derivation": ("v", "vac", "vacd", "vacd"),
    "OrganizationFact": ("v", "vac", "vacd", "vacd"),
    "PlatformProfile": ("v", "vac", "vacd", "vacd"),
    "SystemFact": ("v", "vac", "vacd", "vacd"),
    "TrainingData": ("v", "vac", "vacd", "vacd"),
    "UsageInformation": ("v", "vac", "vacd", "vacd"),
    "License": ("v", "v", "vac", "vacd"),
    "LicenseAlias": ("v", "v", "vac", "vacd"),
    "Ruling": ("v", "v", "vacd", "vacd"),
    "StewardJudgement": ("v", "v", "vacd", "vacd"),
    "Platform": ("v", "v", "v", "vacd"),
    "Source": ("v", "v", "v", "vacd"),
    "Link": ("v", "vc", "vc", "vcd"),
    "PossibleDuplicate": ("v", "vc", "vc", "vcd"),
    "CatalogState": ("v", "v", "v", "v"),
    "Evaluation": ("v", "v", "v", "v"),
    "SourceRecord": ("v", "v", "v", "v"),
    "VerdictChange": ("v", "v", "v", "v"),
    # Its page is for reading and deciding; each decision asks for rights of its own.
    "Submission": ("vc", "vc", "vc", "vc"),
    "Mail": (NOTHING, NOTHING, NOTHING, "v"),
    "Events": ("v", "v", "v", "v"),
    "DBTaskResult": (NOTHING, NOTHING, NOTHING, "v"),
    "Group": (NOTHING, NOTHING, NOTHING, "vacd"),
    "User": (NOTHING, NOTHING, NOTHING, "vacd"),
    "TOTPDevice": (NOTHING, NOTHING, NOTHING, "vd"),
    "AccessAttempt": (NOTHING, NOTHING, NOTHING, "vd"),
}
