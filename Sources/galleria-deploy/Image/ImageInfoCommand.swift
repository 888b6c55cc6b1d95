internal import ArgumentParser
internal import Picture
internal import Vocabulary

/// `galleria-deploy image info FILE…`: what pictures' headers say.
struct ImageInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Show size, format, mode, orientation, colour profile and capture time of pictures.",
        usage: "galleria-deploy image info [<options>] FILE ...")

    @Argument(help: ArgumentHelp("The pictures: paths, s3://BUCKET/KEY, or - for standard input.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("How to print: text or json.", valueName: "format"))
    var format: ShowFormat = .text

    @OptionGroup var bucket: BucketArguments

    func run() async throws {
        await ImageCommand.read(files, bucket) { places, library, stores, console in
            var entries: [ImageInfoEntry] = []
            var status = ExitStatus.done
            for place in places {
                do {
                    let content = try await stores.read(place)
                    entries.append(ImageInfoEntry(place.name, content.bytes.count, try library.info(of: content.bytes)))
                } catch {
                    status = try PictureFault.tell(error, of: place, console).combined(with: status)
                }
            }
            switch format {
            case .text: for entry in entries { for line in entry.lines { console.print(line) } }
            case .json: console.print(try JSONText.document(ImageInfoDocument(pictures: entries)))
            }
            return status
        }
    }
}
