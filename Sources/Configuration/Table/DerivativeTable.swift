internal import Picture
internal import Vocabulary

extension SettingTable {
    /// Every setting of a derivative.
    static let derivatives: [Setting<DerivativeValues>] = [
        Setting(
            "path", \.path, .glob, .photos,
            help: "Photos whose path below the source matches this pattern. Without one, all images that can be read.",
            example: "2024/**"),
        Setting(
            "size", \.size, .renderedSize, .photos,
            help: "The largest width and height, in pixels: 400, 2048x1365, or one of them, as 2048x. Nothing is enlarged.",
            example: "400"),
        Setting(
            "shape", \.shape, .choice, .photos,
            help: "`fit` cuts nothing off; `fill` fills the whole box and cuts off what juts out.", standard: "fit", example: "fill"),
        Setting(
            "format", \.format, .choice, .photos,
            help: "What the pictures are coded as. The key's end says it already, and must say the same.", example: "webp"),
        Setting(
            "quality", \.quality, .integer(1...100), .photos,
            help: "How well they are coded. Means nothing for PNG.", standard: "85 for JPEG, 80 for WebP, 50 for AVIF", example: "82"),
        Setting(
            "key", \.key, .keyTemplate, .photos,
            help:
                "What a picture is called below the destination: {stem} is the photo's name without its extension, {ext} that extension, {dir} its "
                + "folder. One that begins with a brace stands in quotes. Pictures that would get the key of another file are an error.",
            example: "thumbs/{stem}.webp"),
        Setting(
            "metadata", \.metadata, .keptMetadata, .photos,
            help: "What they keep of the photo's metadata: who made it, when it was taken (as corrected), or everything.",
            standard: "none", example: "copyright,capture-time"),
        Setting(
            "background", \.background, .colour, .photos,
            help: "What shows where a photo is transparent. Without it that stays so, and is white in a JPEG.", example: "white"),
    ]

    static let derivativeRows = Dictionary(derivatives.map { ($0.name, $0) }) { first, _ in first }

    /// What there is to say about every setting of a derivative.
    public static let derivativeFacts: [SettingFacts] = derivatives.map(\.facts)

    /// A derivative in one line, as `config show` prints it.
    static func line(of derivative: DerivativeValues) -> String {
        derivatives.compactMap { row in row.text(derivative).map { "\(row.name): \($0.joined(separator: ", "))" } }.joined(separator: ", ")
    }
}

extension Form where Value == [DerivativeValues] {
    static let derivatives = Form(
        shape: .records(SettingTable.derivatives.map(\.facts)), parse: nil,
        text: { derivatives in derivatives.map { SettingTable.line(of: $0) } }
    ) { node, key, reader in
        guard case .list(let items) = node.content else {
            reader.note(node.position, .wrongType(key, expected: "a list of pictures, each beginning with “- ”", found: node.kind))
            return nil
        }
        return items.map { item in
            var derivative = DerivativeValues()
            let faults = reader.faults.count
            _ = reader.group(
                item, rows: SettingTable.derivativeRows, into: &derivative,
                elsewhere: (SettingTable.names, "the target or the file's top level"))
            // What could not be read is not missing.
            if reader.faults.count == faults, let problem = derivative.problem {
                reader.note(item.position, .contradiction("in this derivative, " + problem))
            }
            return derivative
        }
    }
}

extension Form where Value == RenderedSize {
    static let renderedSize = Form(
        .text("pixels such as 400, 2048x1365 or 2048x"),
        parse: { text throws(BadValue) in
            guard let size = RenderedSize(text) else {
                throw BadValue("“\(text)” is no size. Write pixels such as 400, 2048x1365 or 2048x.")
            }
            return size
        },
        text: { size in
            if size.width == size.height, let side = size.width { return "\(side)" }
            return "\(size.width.map(String.init) ?? "")x\(size.height.map(String.init) ?? "")"
        })
}

extension Form where Value == KeyTemplate {
    static let keyTemplate = Form(
        .text("a key such as thumbs/{stem}.webp"),
        parse: { text throws(BadValue) in
            try BadValue.wrap { () throws(KeyTemplate.SyntaxError) in try KeyTemplate(text) }
        })
}

extension Form where Value == KeptMetadata {
    static let keptMetadata = Form(
        .text("none, copyright, capture-time, both with a comma between, or all"),
        parse: { text throws(BadValue) in
            guard let kept = KeptMetadata(text) else {
                throw BadValue("“\(text)” is none of none, copyright, capture-time, copyright,capture-time and all.")
            }
            return kept
        })
}

extension Form where Value == RGBColour {
    static let colour = Form(
        .text("a colour such as white or \"#f0f0f0\""),
        parse: { text throws(BadValue) in
            guard let colour = RGBColour(text) else { throw BadValue("“\(text)” is no colour. Write white, black or one such as f0f0f0.") }
            return colour
        })
}
