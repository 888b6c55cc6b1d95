internal import ArgumentParser
internal import Configuration

/// What objects are stored with.
struct HeaderArguments: ParsableArguments {
    @Option(help: ArgumentHelp("How long browsers may keep what they got, such as “public, max-age=3600”.", valueName: "value"))
    var cacheControl: String?

    @Option(help: ArgumentHelp("Whether browsers show a file or save it, such as attachment.", valueName: "value"))
    var contentDisposition: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Metadata that is told with each object (x-amz-meta-…). May be repeated.", valueName: "name=value"))
    var metadata: [String] = []

    @Option(parsing: .singleValue, help: ArgumentHelp("A tag of each object. May be repeated, ten times at most.", valueName: "name=value"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("How objects are stored, such as STANDARD_IA.", valueName: "name"))
    var storageClass: String?

    @Option(help: ArgumentHelp("Who may do what with the objects, such as private or public-read.", valueName: "name"))
    var acl: String?

    @Option(help: ArgumentHelp("Encrypt the objects where they are stored: AES256, aws:kms, aws:kms:KEY or customer.", valueName: "method"))
    var sse: String?

    @Option(
        help: ArgumentHelp(
            "The key of --sse customer: a file of 32 bytes, or of their base64 (default: the base64 in GALLERIA_SSE_KEY).",
            valueName: "file"))
    var sseKeyFile: String?

    /// Adds what the options say.
    func fill(_ values: inout SettingValues) throws {
        do throws(ConfigurationError) {
            try values.readHeaders(
                storageClass: storageClass, encryption: sse, keyFile: sseKeyFile, acl: acl, tags: tag, metadata: metadata,
                cacheControl: cacheControl, contentDisposition: contentDisposition)
        } catch {
            throw Fault(error)
        }
    }
}
