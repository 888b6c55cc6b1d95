internal import ArgumentParser
internal import Foundation
internal import Picture
internal import Planning
internal import Vocabulary

/// What `image convert`, `resize` and `thumbnail` do.
enum PictureRun {
    /// What was made of one picture, or would be.
    private struct Entry: Encodable {
        let input: String
        let output: String
        let format: String
        let width: Int?
        let height: Int?
        let sizeBytes: Int?

        enum CodingKeys: String, CodingKey {
            case input, output, format, width, height
            case sizeBytes = "size_bytes"
        }
    }

    private struct Document: Encodable {
        let version = 1
        let dryRun: Bool
        let pictures: [Entry]

        enum CodingKeys: String, CodingKey {
            case version, pictures
            case dryRun = "dry_run"
        }
    }

    /// Makes each of the pictures by what `rendering` answers for its format.
    static func run(
        _ words: [String], _ arguments: RenderingArguments, _ limits: PictureLimits, _ bucket: BucketArguments,
        rendering: @escaping @Sendable (PictureFormat) -> Rendering
    ) async {
        let environment = ProcessInfo.processInfo.environment
        let console = Console(environment: environment)
        await CommandRun.exit(console) {
            let conversions = try PictureConversion.list(words, as: arguments.target)
            let library = try ImageCommand.library()
            // What is said goes elsewhere where the picture goes to standard output.
            let isPiped = conversions.contains { $0.output == .standard }
            guard !isPiped || arguments.format == .text else {
                throw Fault(.usage, "--format json and a picture on standard output exclude each other.")
            }
            return try await PictureStores.run(bucket, conversions.flatMap { [$0.input, $0.output] }, console) { stores in
                var status = ExitStatus.done
                var entries: [Entry] = []
                try await PictureTasks.run(conversions) { conversion -> (PictureConversion, Result<Entry, any Error>) in
                    let result: Result<Entry, any Error>
                    do {
                        result = .success(try await convert(conversion, arguments, limits, library, stores, rendering))
                    } catch {
                        result = .failure(error)
                    }
                    return (conversion, result)
                } each: { conversion, result in
                    switch result {
                    case .success(let entry):
                        entries.append(entry)
                        if arguments.format == .text, !isPiped { console.print(line(entry)) }
                    case .failure(let error):
                        status = try PictureFault.tell(error, of: conversion.input, console).combined(with: status)
                    }
                }
                if arguments.format == .json {
                    console.print(try JSONText.document(Document(dryRun: arguments.dryRun, pictures: entries)))
                }
                return status
            }
        }
    }

    private static func line(_ entry: Entry) -> String {
        let made = "\(entry.input.escapedForTerminal) → \(entry.output.escapedForTerminal)"
        guard let width = entry.width, let height = entry.height, let size = entry.sizeBytes else { return "would write: " + made }
        return made + "  \(width) × \(height), \(Quantity.bytes(Int64(size)))"
    }

    private static func convert(
        _ conversion: PictureConversion, _ arguments: RenderingArguments, _ limits: PictureLimits, _ library: PictureLibrary,
        _ stores: PictureStores, _ rendering: @Sendable (PictureFormat) -> Rendering
    ) async throws -> Entry {
        if !arguments.overwrite, try await stores.exists(conversion.output) {
            throw Fault(
                .someFailed,
                "\(conversion.output.name.escapedForTerminal) is there already and was left as it is; --overwrite replaces it.")
        }
        let content = try await stores.read(conversion.input)
        let format = try conversion.format ?? PictureFormat(word: library.info(of: content.bytes).format.rawValue) ?? .jpeg
        guard !arguments.dryRun else {
            _ = try library.info(of: content.bytes)
            return Entry(
                input: conversion.input.name, output: conversion.output.name, format: format.rawValue, width: nil, height: nil,
                sizeBytes: nil)
        }
        let picture = try library.render(content.bytes, as: rendering(format), limits: limits)
        try await stores.write(picture.bytes, to: conversion.output, type: format.mediaType)
        return Entry(
            input: conversion.input.name, output: conversion.output.name, format: format.rawValue, width: picture.width,
            height: picture.height, sizeBytes: picture.bytes.count)
    }
}
