internal import Vocabulary

extension SettingTable {
    /// The group of what is declared of the bucket itself.
    static let bucketGroup: Setting<SettingValues> = Setting(
        "bucket", \.bucket, .bucket, .bucket,
        help:
            "What the bucket itself is declared to be, for `galleria-deploy bucket check`, `plan` and `apply`; a deploy leaves it alone. What is "
            + "left out is left as it is, and so is what others have configured beside. A target's group stands in place of the file's.",
        example:
            "\n  versioning: enabled\n  lifecycle:\n    - name: uploads\n      abort-incomplete: 7d\n    - name: old-versions\n      expire-old-versions: 30d"
    )

    /// Every setting of `bucket`.
    static let bucketRows: [Setting<BucketValues>] = [
        Setting(
            "lifecycle", \.lifecycle, .lifecycle, .bucket,
            help:
                "What becomes of the destination's objects as they grow old. The rules that were declared once and are no more are removed; an "
                + "empty list removes all.",
            example: "\n  - name: uploads\n    abort-incomplete: 7d"),
        Setting(
            "versioning", \.versioning, .choice, .bucket,
            help: "Whether what is replaced and removed is kept as an older version.", example: "enabled"),
        Setting(
            "encryption", \.encryption, .bucketEncryption, .bucket,
            help: "How objects are encrypted of which nobody says how.", example: "AES256"),
        Setting(
            "public-read", \.publicRead, .boolean, .bucket,
            help:
                "Whether everyone may read what lies in the destination's folder, by a statement in the bucket's policy. `false` removes that "
                + "statement.",
            example: "true"),
        Setting(
            "tls-only", \.tlsOnly, .boolean, .bucket,
            help:
                "Whether the bucket refuses connections that are not encrypted, by a statement in its policy. `false` removes that statement.",
            example: "true"),
        Setting(
            "website-index", \.websiteIndex, .websiteIndex, .bucket,
            help: "The page that visitors of the bucket's website address get for a folder.", example: "index.html"),
        Setting(
            "website-error", \.websiteError, .text("a key"), .bucket,
            help: "The key of the page that they get for what does not exist.", example: "404.html"),
        Setting(
            "tags", \.tags, .pairs(of: .tag, most: 50), .bucket,
            help: "The bucket's tags, by which costs are told apart. Others stay.", example: "[project=gallery]"),
    ]

    /// Every setting of a lifecycle rule.
    static let lifecycleRows: [Setting<LifecycleValues>] = [
        Setting(
            "name", \.name, .ruleName, .bucket,
            help: "What the rule is known by, in the bucket as galleria-NAME: letters, digits, dots, hyphens and underscores.",
            example: "thumbs"),
        Setting(
            "path", \.path, .text("a beginning of paths"), .bucket,
            help: "How the paths below the destination begin that the rule holds for. Without it, the rule holds for all.",
            example: "thumbs/"),
        Setting(
            "transition", \.transitions, .list(of: .transition), .bucket,
            help: "The storage classes that objects get as they grow old, and after how many days.",
            example: "[STANDARD_IA=30d, GLACIER_IR=180d]"),
        Setting(
            "expire", \.expire, .days, .bucket,
            help: "Remove objects after so many days. What is still in the source is then sent again by the next deploy.",
            example: "365d"),
        Setting(
            "expire-old-versions", \.expireOldVersions, .days, .bucket,
            help: "Remove versions so many days after they were replaced or removed.", example: "30d"),
        Setting(
            "abort-incomplete", \.abortIncomplete, .days, .bucket,
            help: "Give up uploads in parts that were not completed after so many days.", example: "7d"),
    ]

    static let bucketGroupRows = Dictionary(bucketRows.map { ($0.name, $0) }) { first, _ in first }
    static let lifecycleGroupRows = Dictionary(lifecycleRows.map { ($0.name, $0) }) { first, _ in first }

    /// A rule in one line, as `config show` prints it.
    static func line(of rule: LifecycleValues) -> String {
        lifecycleRows.compactMap { row in row.text(rule).map { "\(row.name): \($0.joined(separator: ", "))" } }.joined(separator: ", ")
    }
}
