/// Whether the tests, and so the program beside them, were built with libvips.
package enum Pictures {
    /// True with the package's trait `Pictures`.
    package static var areBuilt: Bool {
        #if Pictures
            true
        #else
            false
        #endif
    }

    /// Why a test of pictures does not run.
    package static let reason = "built without the trait Pictures"
}
