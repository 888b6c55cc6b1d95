/// Headless Chromium with a gallery's page of an origin of its own (Tests/Servers/browser.py).
package struct Browser: Sendable {
    private let process: LineProcess
    /// Where the page is.
    package let page: String

    /// What the page could do.
    package struct Look: Sendable, Decodable {
        /// A fetched photo.
        package struct Photo: Sendable, Decodable {
            package let status: Int?
            package let etag: String?
            package let size: Int?
            package let error: String?
        }

        /// Fetched JSON.
        package struct Document: Sendable, Decodable {
            package let status: Int?
            package let members: [String]?
            package let error: String?
        }

        /// A photo on a canvas, read back.
        package struct Canvas: Sendable, Decodable {
            package let width: Int?
            package let height: Int?
            /// How many different bytes its pixels have.
            package let shades: Int?
            package let url: String?
            package let error: String?
        }

        /// A photo in an `<img>` that asks for nothing more.
        package struct Plain: Sendable, Decodable {
            package let width: Int?
            package let error: String?
        }

        package let photo: Photo
        package let data: Document
        package let canvas: Canvas
        package let plain: Plain
    }

    /// What a page of the file system shows.
    package struct Reading: Sendable, Decodable {
        package let title: String
        package let text: String
        /// The numbers that elements with `data-count` hold.
        package let counts: [String: Int]
        /// How many pictures could be decoded, and how many not.
        package let images: Int
        package let broken: Int
        /// What was fetched besides the page.
        package let foreign: [String]
        package let scripts: Int
        /// The texts of all `<bdi>`.
        package let names: [String]
        package let strokes: Int
        /// By how many pixels the page is wider than the window, and how wide that is.
        package let overflow: Int
        package let width: Int
        package let background: String
        /// What stands in the browser's console.
        package let console: [String]
    }

    /// Starts it. There is no way round it: a machine without Chromium fails the test.
    package init() async throws {
        process = try LineProcess("browser.py")
        page = try await process.line()
    }

    /// Opens the page in a browser without memory and lets it use the gallery at `base`.
    package func look(at base: String, photo: String, data: String) async throws -> Look {
        try await process.ask("look", ["base": .string(base), "photo": .string(photo), "data": .string(data)])
    }

    /// Opens a page of the file system in a window of a width, by day or by night.
    package func read(_ path: String, width: Int, dark: Bool = false) async throws -> Reading {
        try await process.ask("read", ["path": .string(path), "width": .integer(width), "dark": .integer(dark ? 1 : 0)])
    }
}
