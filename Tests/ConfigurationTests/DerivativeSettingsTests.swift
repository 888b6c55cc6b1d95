import Configuration
import Picture
import Testing
import Vocabulary

@Suite struct DerivativeSettingsTests {
    @Test func everythingThatIsSaidIsRead() throws {
        let derivatives = try settings(
            """
            derivatives:
              - key: thumbs/{stem}.webp
                size: 400
              - path: 2024/**
                key: "{dir}/web/{stem}.jpg"
                size: 2048x1365
                shape: fill
                format: jpeg
                quality: 82
                metadata: copyright,capture-time
                background: "#f0f0f0"
              - key: wide/{stem}.avif
                size: 2048x
                metadata: all
            """
        ).derivatives
        #expect(
            derivatives.map(\.rendering) == [
                Rendering(size: RenderedSize(width: 400, height: 400), format: .webp),
                Rendering(
                    size: RenderedSize(width: 2048, height: 1365, shape: .fill), format: .jpeg, quality: 82,
                    background: RGBColour(red: 240, green: 240, blue: 240), metadata: [.copyright, .captureTime]),
                Rendering(size: RenderedSize(width: 2048), format: .avif, metadata: .all),
            ])
        #expect(derivatives.map(\.key.description) == ["thumbs/{stem}.webp", "{dir}/web/{stem}.jpg", "wide/{stem}.avif"])
        #expect(derivatives.map { $0.isMade(of: Key("2023/a.jpg")) } == [true, false, true])
        #expect(try settings("jobs: 4").derivatives.isEmpty)
    }

    /// A target's own list takes the place of the file's.
    @Test func aTargetHasItsOwn() throws {
        let text = "derivatives: [{key: \"t/{stem}.webp\", size: 9}]\nsource: a\ntargets:\n  a:\n    derivatives: []\n  b:\n    jobs: 4"
        let all = try TargetSelection.resolve(try load(text), environment: [:])
        #expect(all.map(\.derivatives.count) == [0, 1])
    }

    @Test(
        arguments: [
            ("derivatives: x", "1:14", "a list of pictures"),
            ("derivatives:\n  - size: 400", "2:5", "`key` is missing"),
            ("derivatives:\n  - key: t/{stem}.webp", "2:5", "`size` is missing"),
            ("derivatives:\n  - key: t/{stem}.webp\n    size: big", "3:11", "“big” is no size"),
            ("derivatives:\n  - key: t/{stem}.webp\n    size: 0", "3:11", "“0” is no size"),
            ("derivatives:\n  - key: t/{name}.webp\n    size: 4", "2:10", "“{name}” stands for nothing"),
            ("derivatives:\n  - key: {stem}.webp\n    size: 4", "2:10", ""),
            ("derivatives:\n  - key: t/{stem}.webp\n    size: 4\n    format: jpeg", "2:5", "`key` ends in the name of another"),
            ("derivatives:\n  - key: t/{stem}.webp\n    size: 4x\n    shape: fill", "2:5", "both sides"),
            ("derivatives:\n  - key: t/{stem}.png\n    size: 4\n    quality: 9", "2:5", "`quality` means nothing for png"),
            ("derivatives:\n  - key: t/{stem}.jpg\n    size: 4\n    quality: 101", "4:14", "“101” is no number from 1 to 100"),
            ("derivatives:\n  - key: t/{stem}.jpg\n    size: 4\n    metadata: gps", "4:15", "“gps” is none of"),
            ("derivatives:\n  - key: t/{stem}.jpg\n    size: 4\n    background: pink-ish", "4:17", "no colour"),
            ("derivatives:\n  - key: t/{stem}.jpg\n    size: 4\n    jobs: 4", "4:5", "it belongs into the target"),
        ]) func saysWhereAndWhat(_ row: (text: String, at: String, words: String))
    {
        let complaint = complaint(row.text) ?? ""
        #expect(complaint.contains("galleria-deploy.yml:\(row.at)") && complaint.contains(row.words), "\(complaint)")
    }
}
