internal import Picture
internal import Source
internal import Vocabulary

/// One picture to make of another.
struct PictureConversion: Sendable {
    let input: PicturePlace
    let output: PicturePlace
    /// The format to write; nil for the picture's own, which only its bytes tell.
    let format: PictureFormat?

    /// What the words of a command line mean: the last is where to, a folder where there are several before it. Nothing that is read is written to, and
    /// nothing is written twice; a file or object that exists is only replaced where `overwrite` says so.
    ///
    /// - Throws: a `Fault` of wrong usage that names the places.
    static func list(_ words: [String], as format: PictureFormat?) throws -> [PictureConversion] {
        guard words.count > 1, let last = words.last else {
            throw Fault(.usage, "say what to read and where to write: IN OUT, or IN ... FOLDER/.")
        }
        let inputs = try words.dropLast().map { try PicturePlace($0) }
        let target = try PicturePlace(last)
        let isFolder = target.isFolder
        guard inputs.count == 1 || isFolder else {
            throw Fault(
                .usage,
                "\(inputs.count) pictures need a folder to go to; \(last.escapedForTerminal) is none. Write it with a slash at its end.")
        }
        guard inputs.filter({ $0 == .standard }).count < 2 else { throw Fault(.usage, "standard input can be read but once.") }
        let conversions = try inputs.map { input in
            guard isFolder else {
                let named = PictureFormat(word: target.fileExtension)
                if format == nil, named == nil, target != .standard {
                    throw Fault(
                        .usage,
                        "\(target.name.escapedForTerminal) is named like no format that is written (jpg, png, webp, avif); say which with --as."
                    )
                }
                return PictureConversion(input: input, output: target, format: format ?? named)
            }
            guard let stem = input.stem, let name = input.fileName else {
                throw Fault(
                    .usage, "\(input.name.escapedForTerminal) has no name to be written by in \(last.escapedForTerminal); name the file.")
            }
            let chosen = format ?? PictureFormat(word: input.fileExtension) ?? .jpeg
            // The extension stays as it was written where it fits.
            let fits = PictureFormat(word: input.fileExtension) == chosen
            return PictureConversion(
                input: input, output: target.appending(fits ? name : stem + "." + Self.fileExtension(chosen)), format: chosen)
        }
        try check(conversions)
        return conversions
    }

    private static func fileExtension(_ format: PictureFormat) -> String { format == .jpeg ? "jpg" : format.rawValue }

    static func check(_ conversions: [PictureConversion]) throws {
        var outputs: [PicturePlace: PicturePlace] = [:]
        for conversion in conversions {
            if let other = outputs.updateValue(conversion.input, forKey: conversion.output) {
                throw Fault(
                    .usage,
                    "\(other.name.escapedForTerminal) and \(conversion.input.name.escapedForTerminal) would both become "
                        + "\(conversion.output.name.escapedForTerminal). Nothing was written.")
            }
        }
        // Links and other spellings of a path are the same file all the same.
        var originals: Set<FileStatus.Identity> = []
        for case .file(let path) in conversions.map(\.input) {
            if let status = FileStatus(path: path) { originals.insert(status.identity) }
        }
        let inputs = Set(conversions.map(\.input))
        for conversion in conversions where conversion.output != .standard {
            let isOriginal: Bool
            if case .file(let path) = conversion.output, let status = FileStatus(path: path) {
                isOriginal = originals.contains(status.identity)
            } else {
                isOriginal = inputs.contains(conversion.output)
            }
            guard !isOriginal else {
                throw Fault(
                    .usage,
                    "\(conversion.output.name.escapedForTerminal) is read, and originals are never written to. Name another place. Nothing was written."
                )
            }
        }
    }
}
