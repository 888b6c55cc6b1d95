internal import Planning

extension SettingTable {
    /// What files must be to be sent.
    static let uploadRules: [Setting<SettingValues>] = [
        Setting(
            "max-file-size", \.maxFileSize, .byteSize, .uploadRules,
            help: "A file larger than this is not sent and fails, where `max-size` leaves it out.",
            example: "50M", flag: "--max-file-size", variables: [own("MAX_FILE_SIZE")]),
        Setting(
            "allowed-types", \.allowedTypes, .list(of: .mediaType), .uploadRules,
            help:
                "The types that files may be of, told by their bytes and not by their names; a file of another one fails. Of what is text, the name may "
                + "say which.",
            example: "[image/*, text/html]", flag: "--allowed-type", variables: [own("ALLOWED_TYPES")]),
        Setting(
            "check-images", \.checkImages, .boolean, .uploadRules,
            help: "A JPEG, PNG or WebP that is not whole by its structure is not sent and fails.",
            standard: "false", example: "true", flag: "--check-images", variables: [own("CHECK_IMAGES")]),
        Setting(
            "duplicates", \.duplicates, .choice, .uploadRules,
            help:
                "Whether pictures whose deployed bytes are there twice are named, fail, or are not looked for. Looking reads new pictures once more.",
            standard: "ignore", example: "warn", flag: "--duplicates", variables: [own("DUPLICATES")]),
    ]
}

extension Form where Value == MediaTypePattern {
    static let mediaType = Form(
        .text("a type such as image/jpeg or image/*"),
        parse: { text throws(BadValue) in
            guard let pattern = MediaTypePattern(text) else {
                throw BadValue("“\(text)” is no type. Write one such as image/jpeg or image/*.")
            }
            return pattern
        })
}
