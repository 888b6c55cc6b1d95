import Testing

@testable import Picture

/// What people write, and what is known of a derivative by.
@Suite struct WordTests {
    @Test(arguments: [
        ("256x256", "fit 256x256"), ("256", "fit 256x256"), ("800x", "fit 800x"), ("x600", "fit x600"), ("2048X1024", "fit 2048x1024"),
        ("100000", "fit 100000x100000"),
    ])
    func readsSizes(_ text: String, _ expected: String) { #expect(RenderedSize(text)?.description == expected) }

    @Test(arguments: ["", "x", "0", "0x5", "-3", "1x2x3", "100001", "12 x 3", "+4", "٣", "large", "1e3"])
    func refusesOtherSizes(_ text: String) { #expect(RenderedSize(text) == nil) }

    @Test func aFilledBoxHasTwoSides() {
        #expect(RenderedSize("800x", shape: .fill) == nil)
        #expect(RenderedSize("300x200", shape: .fill, enlarges: true)?.description == "fill 300x200 enlarged")
        #expect(RenderedSize(width: 300, shape: .fill).description == "fit 300x")
        #expect(RenderedSize.original.description == "original")
    }

    @Test(arguments: [
        ("#ff8000", "#ff8000"), ("FF8000", "#ff8000"), ("#f80", "#ff8800"), ("white", "#ffffff"), ("Black", "#000000"),
        ("010203", "#010203"),
    ])
    func readsColours(_ text: String, _ expected: String) { #expect(RGBColour(text)?.description == expected) }

    @Test(arguments: ["", "#", "#ff", "#ff80001", "#ggg", "rgb(1,2,3)", "#٣٣٣", "-f80", "blue"])
    func refusesOtherColours(_ text: String) { #expect(RGBColour(text) == nil) }

    @Test(
        arguments: [
            ("none", KeptMetadata.none), ("copyright", .copyright), ("capture-time", .captureTime), ("all", .all),
            ("copyright,capture-time", [.copyright, .captureTime]), ("capture-time,copyright", [.copyright, .captureTime]),
        ] as [(String, KeptMetadata)])
    func readsMetadata(_ text: String, _ expected: KeptMetadata) {
        #expect(KeptMetadata(text) == expected)
        #expect(KeptMetadata(expected.description) == expected)
    }

    @Test(arguments: ["", "gps", "copyright,", "all,none", "Copyright"])
    func refusesOtherMetadata(_ text: String) { #expect(KeptMetadata(text) == nil) }

    @Test(
        arguments: [
            ("jpg", PictureFormat.jpeg), ("JPEG", .jpeg), ("jpe", .jpeg), ("png", .png), ("WebP", .webp), ("avif", .avif), ("gif", nil),
            ("", nil),
        ] as [(String, PictureFormat?)])
    func readsFormats(_ text: String, _ expected: PictureFormat?) { #expect(PictureFormat(word: text) == expected) }

    /// Marks of objects hold these lines: they must not change unless what is made changes.
    @Test func recipesStandStill() {
        #expect(
            Rendering(size: RenderedSize(width: 2048, height: 2048), format: .jpeg).recipe == "r1 fit 2048x2048 jpeg q85 metadata none")
        #expect(
            Rendering(
                size: RenderedSize(width: 256, height: 256, shape: .fill), format: .webp, quality: 70, background: .white,
                metadata: [.copyright, .captureTime]
            ).recipe == "r1 fill 256x256 webp q70 background #ffffff metadata copyright,capture-time")
        #expect(Rendering(format: .png, quality: 3, metadata: .all).recipe == "r1 original png metadata all")
        #expect(Rendering(format: .avif, quality: 300).quality == 100)
    }

    @Test(arguments: [
        ("VipsJpeg: Premature end of input file\n", "Premature end of input file"),
        ("vipspng: libpng read error\nvips2png: unable to write to target target\n", "libpng read error"),
        ("a: x.\na: x.\n", "x"), ("", "its pixels cannot be decoded"), ("\n \n", "its pixels cannot be decoded"),
        ("no domain here", "no domain here"), ("C:\\x: y", "\\x: y"),
    ])
    func cleansErrors(_ buffer: String, _ expected: String) { #expect(VipsText.cause(buffer) == expected) }

    @Test(
        arguments: [
            ("2024:06:15 10:30:45 (2024:06:15 10:30:45, ASCII, 20 components, 20 bytes)", "2024:06:15 10:30:45"),
            ("(c) A (b, ASCII, ) ((c) A (b, ASCII, ), ASCII, 19 components, 19 bytes)", "(c) A (b, ASCII, )"),
            ("Ann (Ann (Photographer) - [None] (Editor), ASCII, 4 components, 4 bytes)", "Ann"),
            ("Pho (Pho (Photographer) - Edi (Editor), ASCII, 8 components, 8 bytes)", "Pho"),
            ("plain", "plain"), (" (, ASCII, 1 components, 1 bytes)", nil), ("x  (x , ASCII, 3 components, 3 bytes)", "x"), ("", nil),
            (", ASCII, )", ", ASCII, )"),
        ] as [(String, String?)])
    func readsExifTexts(_ text: String, _ expected: String?) { #expect(VipsText.exifValue(text) == expected) }
}
