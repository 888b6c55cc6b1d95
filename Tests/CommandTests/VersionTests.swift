import Testing

@testable import galleria_deploy

@Suite struct VersionTests {
    @Test(arguments: [
        ("1a2b3c4", "0.6.24", "galleria-deploy \(Version.text) (commit 1a2b3c4)", "libexif 0.6.24"),
        ("1a2b3c4+", "0.6.24", "galleria-deploy \(Version.text) (commit 1a2b3c4+)", "libexif 0.6.24"),
        ("", "", "galleria-deploy \(Version.text)", "libexif"),
    ])
    func namesTheCommitWhereTheBuildWasTold(commit: String, libexif: String, first: String, last: String) {
        let page = Version.page(
            commit: commit, libexif: libexif, curl: "libcurl/8.0", crypto: "OpenSSL 3", sqlite: "3.40.1", zlib: "1.2.13", brotli: "1.0.9")
        #expect(
            page.split(separator: "\n") == [
                Substring(first), "libcurl/8.0", "OpenSSL 3", "SQLite 3.40.1", "zlib 1.2.13", "Brotli 1.0.9", Substring(last),
            ])
    }

    @Test func librariesAnswerForThemselves() {
        #expect(Version.page.contains(/libcurl\/\d+\.\d+\.\d+/))
        #expect(Version.page.contains(/OpenSSL \d+\.\d+\.\d+/))
        #expect(Version.page.contains(/SQLite 3\.\d+\.\d+/))
        #expect(Version.page.contains(/zlib \d+\.\d+/))
        #expect(Version.page.contains(/Brotli \d+\.\d+\.\d+/))
    }
}
