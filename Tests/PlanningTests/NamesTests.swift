import Planning
import Testing
import Vocabulary

@Suite struct NamesTests {
    @Test(
        arguments: [
            ("photo.jpg", nil), (".hidden", .hidden), (".well-known", nil), (".git", .versionControl), ("CVS", .versionControl),
            ("_darcs", .versionControl),
            (".env", .environment), (".env.production", .environment), (".envrc", .environment), ("env", nil),
            ("galleria-deploy.yml", .ownFile),
            ("site.galleria-plan", .ownFile), (".galleria", .ownFile), ("Thumbs.db", .leftover), ("THUMBS.DB", .leftover),
            ("desktop.ini", .leftover),
            ("Desktop.ini", .leftover), ("@eaDir", .leftover), ("__MACOSX", .leftover), (".DS_Store", .leftover), ("index.html~", .editor),
            (".index.html.swp", .editor), ("a.swp", .editor), ("~", .editor), ("données.json", nil), ("-4h.jpg", nil),
        ] as [(String, Exclusion?)])
    func judgesNames(name: String, expected: Exclusion?) {
        #expect(DefaultExclusions(publishesDotfiles: false).exclusion(ofName: Array(name.utf8)) == expected)
        let lifted: Exclusion? = name == ".galleria" ? .ownFile : nil
        #expect(DefaultExclusions(publishesDotfiles: true).exclusion(ofName: Array(name.utf8)) == lifted)
    }

    @Test(
        arguments: [
            ("a/.git/config", .versionControl), (".well-known/acme", nil), ("a/b.jpg", nil), ("a//b", nil), ("x/@eaDir/t.jpg", .leftover),
        ] as [(String, Exclusion?)])
    func judgesPaths(path: String, expected: Exclusion?) {
        #expect(DefaultExclusions(publishesDotfiles: false).exclusion(ofPath: Key(path)) == expected)
    }

    @Test(arguments: [
        ("a.JPG", "image/jpeg", true, Wave.assets), ("thumb.webp", "image/webp", true, .assets),
        ("index.html", "text/html; charset=utf-8", false, .pages),
        ("feed.atom", "application/atom+xml", false, .pages), ("gallery.json", "application/json", false, .pages),
        ("x.y/z", "application/octet-stream", false, .assets),
        (".jpg", "application/octet-stream", false, .assets), ("site.css", "text/css; charset=utf-8", false, .assets),
    ]) func knowsTypes(path: String, type: String, isImage: Bool, wave: Wave) {
        #expect(ContentType.of(Key(path)) == type)
        #expect(ContentType.namesImage(Key(path)) == isImage)
        #expect(Wave(path: Key(path)) == wave)
    }
}
