internal import Planning
internal import Vocabulary

extension SettingTable {
    /// What is published besides the source's files, and what is kept of those that are replaced.
    static let standardTrashKeep = Duration.seconds(30 * 86_400)

    static let published: [Setting<SettingValues>] = [
        Setting(
            "manifest", \.manifest, .relativePath("a path below the destination"), .deploy,
            help:
                "Publish a manifest at this path, last and only if nothing failed: each object's key, size, SHA-256, type, headers' digest, address, and of "
                + "pictures width, height and capture time. It is written only where it says something new.",
            example: "gallery.json", flag: "--manifest", variables: [own("MANIFEST")]),
        Setting(
            "manifest-include", \.manifestInclude, .list(of: .choice), .deploy,
            help: "What the manifest, which is public, tells besides: capture times before correction, SHA-256 of source files.",
            example: "[capture-time-before, source-sha256]", variables: [own("MANIFEST_INCLUDE")]),
        Setting(
            "trash", \.trash, .relativePath("a folder of the bucket"), .deploy,
            help:
                "Keep objects in this folder of the bucket before they are replaced or deleted, by copies on the server, so that `rollback` can put them "
                + "back. For buckets that keep no versions. Refused where anybody could read it.",
            example: "trash", flag: "--trash", variables: [own("TRASH")]),
        Setting(
            "trash-keep", \.trashKeep, .duration, .deploy,
            help: "How long they are kept; what is older is deleted at the end of runs that changed something.",
            standard: standardTrashKeep.text, example: "90d", flag: "--keep", variables: [own("TRASH_KEEP")]),
    ]
}

extension Form where Value == String {
    /// A path below the destination, as a key has it.
    static func relativePath(_ what: String) -> Form {
        Form(
            .text(what),
            parse: { text throws(BadValue) in
                if let problem = ManifestSetting.problem(ofPath: text) { throw BadValue(problem) }
                return text
            })
    }
}
