extension SettingTable {

    /// What objects are stored with.
    static let headers: [Setting<SettingValues>] = [
        Setting(
            "cache-control", \.headers.cacheControl, .header("a header's value"), .headers,
            help: "How long browsers and networks may keep what they got.", example: "public, max-age=3600", flag: "--cache-control",
            variables: [own("CACHE_CONTROL")]),
        Setting(
            "cache-defaults", \.cacheDefaults, .boolean, .headers,
            help:
                "Tell browsers how long they may keep files of which neither `cache-control` nor a rule says so: pages are asked for each "
                + "time (`no-cache`), style sheets, scripts and fonts with a digest in their names are kept for good (`immutable`), photos and "
                + "everything else for an hour.",
            standard: "true", example: "false", variables: [own("CACHE_DEFAULTS")]),
        Setting(
            "gzip", \.headers.gzip, .boolean, .headers,
            help:
                "Code text with gzip before it is sent, where that makes it smaller: pages, style sheets, scripts, JSON, XML, SVG and fonts "
                + "that are not packed, from 1 KiB to 32 MiB.",
            standard: "false", example: "true", variables: [own("GZIP")]),
        Setting(
            "brotli", \.headers.brotli, .boolean, .headers,
            help: "The same with Brotli, which is smaller. Browsers read it over HTTPS only, and other programs often not at all: a store "
                + "sends what it keeps to whoever asks.",
            standard: "false", example: "true", variables: [own("BROTLI")]),
        Setting(
            "content-disposition", \.headers.contentDisposition, .header("a header's value"), .headers,
            help: "Whether browsers show a file or save it, and under which name.", example: "inline", flag: "--content-disposition",
            variables: [own("CONTENT_DISPOSITION")]),
        Setting(
            "metadata", \.headers.metadata, .pairs(of: .metadata), .headers,
            help: "What is told with each object as `x-amz-meta-…`.", example: "[photographer=Ada]", flag: "--metadata"),
        Setting(
            "tags", \.headers.tags, .pairs(of: .tag, most: 10), .headers,
            help: "The objects' tags, at most ten.", example: "[event=wedding, year=2024]", flag: "--tag"),
        Setting(
            "storage-class", \.headers.storageClass, .storageClass, .headers,
            help: "How the objects are stored. Not every store has classes.", example: "STANDARD_IA", flag: "--storage-class",
            variables: [own("STORAGE_CLASS")], aliases: [.init("S3_STORAGE_CLASS")]),
        Setting(
            "acl", \.headers.acl, .choice, .headers,
            help: "Who may do what with the objects, as a canned access control list. Many stores leave this to the bucket.",
            example: "public-read", flag: "--acl", variables: [own("ACL")]),
        Setting(
            "sse", \.encryption, .encryption, .headers,
            help: "How the objects are encrypted where they are stored: `AES256` with the store's keys, `aws:kms` with a key of the key "
                + "management service, `customer` with a key of one's own, without which nobody reads them.",
            example: "AES256", flag: "--sse", variables: [own("SSE")],
            aliases: [.init("S3_ENABLE_ENCRYPTION") { ["true", "1", "yes"].contains($0.lowercased()) ? "AES256" : "" }]),
        Setting(
            "sse-key-file", \.encryptionKeyFile, .path("a file"), .headers,
            help: "The file that holds the key of `sse: customer`: 32 bytes, or their base64. Else GALLERIA_SSE_KEY holds the base64.",
            example: "sse.key", flag: "--sse-key-file", variables: [own("SSE_KEY_FILE")]),
        Setting(
            "headers", \.headerRules, .headerRules, .headers,
            help:
                "Headers for some of the files; the first rule that matches a file decides. What it leaves out is taken from the settings "
                + "above. Options stand above all rules.",
            example:
                "\n  - path: \"**/*.html\"\n    cache-control: no-cache\n  - path: assets/**\n    cache-control: public, max-age=31536000"
        ),
    ]

    /// Every setting of a header rule.
    static let headerRules: [Setting<HeaderRuleValues>] = [
        Setting(
            "path", \.path, .glob, .headers,
            help: "Files whose path below the source matches this pattern. Without one the rule holds for all.", example: "\"**/*.html\""),
        Setting(
            "content-type", \.headers.contentType, .header("a media type"), .headers,
            help: "The type, instead of the one that the name tells.", example: "text/plain; charset=utf-8"),
        Setting(
            "cache-control", \.headers.cacheControl, .header("a header's value"), .headers, help: "As above.", example: "no-cache"),
        Setting(
            "content-disposition", \.headers.contentDisposition, .header("a header's value"), .headers, help: "As above.",
            example: "attachment"),
        Setting(
            "content-encoding", \.headers.contentEncoding, .header("a header's value"), .headers,
            help: "How the files are compressed already.", example: "gzip"),
        Setting(
            "content-language", \.headers.contentLanguage, .header("a header's value"), .headers,
            help: "The language they are in.", example: "sv"),
        Setting(
            "gzip", \.headers.gzip, .boolean, .headers, help: "As above; `false` leaves out what the setting above would code.",
            example: "true"),
        Setting(
            "brotli", \.headers.brotli, .boolean, .headers, help: "As above; it takes the place of a `gzip` above.", example: "true"),
        Setting(
            "redirect-location", \.headers.redirectLocation, .redirect, .headers,
            help: "Where a static website sends who asks for the files: another page, or an address.", example: "/new.html"),
        Setting("metadata", \.headers.metadata, .pairs(of: .metadata), .headers, help: "As above.", example: "[photographer=Ada]"),
        Setting("tags", \.headers.tags, .pairs(of: .tag, most: 10), .headers, help: "As above.", example: "[event=wedding]"),
        Setting("storage-class", \.headers.storageClass, .storageClass, .headers, help: "As above.", example: "STANDARD_IA"),
        Setting("acl", \.headers.acl, .choice, .headers, help: "As above.", example: "private"),
    ]

    static let headerRuleRows = Dictionary(headerRules.map { ($0.name, $0) }) { first, _ in first }

    /// A header rule in one line, as `config show` prints it.
    static func line(of rule: HeaderRuleValues) -> String {
        headerRules.compactMap { row in row.text(rule).map { "\(row.name): \($0.joined(separator: ", "))" } }.joined(separator: ", ")
    }
}
