import Picture
import Testing
import Vocabulary

@Suite struct KeyTemplateTests {
    @Test(
        arguments: [
            ("thumbs/{stem}.webp", "2024/Hike 1.JPG", "thumbs/Hike 1.webp"), ("web/{stem}.jpg", "a.jpg", "web/a.jpg"),
            ("thumbnails/{stem}_thumb.jpg", "x/y/a.b.jpeg", "thumbnails/a.b_thumb.jpg"),
            ("{dir}/thumbs/{stem}.webp", "a.jpg", "thumbs/a.webp"),
            ("{dir}/thumbs/{stem}.webp", "x/y/a.jpg", "x/y/thumbs/a.webp"), ("web/{dir}/{stem}.png", "a.jpg", "web/a.png"),
            ("web/{dir}/{stem}.png", "x/a.jpg", "web/x/a.png"), ("{stem}-{ext}.avif", "x/a.TIFF", "a-tiff.avif"),
            ("t/{stem}/{stem}.jpeg", "Åre.jpg", "t/Åre/Åre.jpeg"), ("{stem}.webp", "x.y/noextension", "noextension.webp"),
            ("a{dir}b/{stem}.webp", "x/a.jpg", "axb/a.webp"),
        ]) func makesKeys(_ row: (template: String, path: String, key: String)) throws
    {
        #expect(try KeyTemplate(row.template).key(for: Key(row.path)) == Key(row.key))
    }

    @Test(
        arguments: [
            ("thumbs/{stem}", "does not end in"), ("thumbs/{stem}.{ext}", "does not end in"), ("thumbs/{stem}.gif", "does not end in"),
            ("thumb.webp", "key of every photo"), ("{dir}/thumb.webp", "key of every photo"),
            ("thumbs/{stem.webp", "without its counterpart"),
            ("thumbs/stem}.webp", "without its counterpart"), ("{name}.webp", "“{name}” stands for nothing"),
            ("/{stem}.webp", "begins or ends"),
            ("a//{stem}.webp", "part that is empty"), ("../{stem}.webp", "part that is empty"), ("./{stem}.webp", "part that is empty"),
            ("", "part that is empty"), ("{stem}.webp/", "begins or ends"), ("{stem}webp", "does not end in"),
        ]) func refuses(_ row: (template: String, words: String))
    {
        do throws(KeyTemplate.SyntaxError) {
            _ = try KeyTemplate(row.template)
            Issue.record("“\(row.template)” was taken")
        } catch {
            #expect(error.description.contains(row.words), "\(error)")
        }
    }

    @Test(
        arguments: [
            (nil, "a.jpg", true), (nil, "x/B.HEIC", true), (nil, "a.svg", false), (nil, "a.html", false), (nil, "jpg", false),
            ("2024/**", "2024/a.png", true), ("2024/**", "2023/a.png", false), ("2024/**", "2024/list.txt", false),
        ] as [(String?, String, Bool)]) func isMadeOfImagesThatMatch(_ row: (pattern: String?, path: String, isMade: Bool)) throws
    {
        let key = try KeyTemplate("t/{stem}.webp")
        let derivative = Derivative(of: try row.pattern.map { try Glob($0) }, Rendering(format: key.format), key: key)
        #expect(derivative.isMade(of: Key(row.path)) == row.isMade)
    }
}
