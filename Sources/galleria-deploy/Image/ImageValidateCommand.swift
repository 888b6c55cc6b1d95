internal import ArgumentParser
internal import Picture
internal import Vocabulary

/// `galleria-deploy image validate FILE…`: decodes every pixel.
struct ImageValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Decode pictures wholly, and say which are damaged.",
        usage: "galleria-deploy image validate [<options>] FILE ...",
        discussion: """
            Exit status:
              0    every picture is whole
              1    at least one is damaged, is none, or cannot be read
              5    libvips is missing
              6    a bucket cannot be reached or refuses access
              64   wrong usage
            """)

    @Argument(help: ArgumentHelp("The pictures: paths, s3://BUCKET/KEY, or - for standard input.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup(title: "Limits") var limits: PictureLimitArguments

    @OptionGroup var bucket: BucketArguments

    /// One picture's line.
    private struct Entry: Encodable {
        let path: String
        let valid: Bool
        let error: String?
    }

    private struct Document: Encodable {
        let version = 1
        let pictures: [Entry]
    }

    func run() async throws {
        let limits = limits.limits
        await ImageCommand.read(files, bucket) { places, library, stores, console in
            var status = ExitStatus.done
            var entries: [Entry] = []
            try await PictureTasks.run(places) { place -> (PicturePlace, (any Error)?) in
                do {
                    _ = try library.validate(try await stores.read(place).bytes, limits: limits)
                    return (place, nil)
                } catch {
                    return (place, error)
                }
            } each: { place, error in
                if let error {
                    status = try PictureFault.tell(error, of: place, console).combined(with: status)
                } else if format == .text {
                    console.print("\(place.name.escapedForTerminal): whole")
                }
                entries.append(Entry(path: place.name, valid: error == nil, error: error.map { ($0 as? Fault)?.message ?? "\($0)" }))
            }
            if format == .json { console.print(try JSONText.document(Document(pictures: entries))) }
            return status
        }
    }
}
