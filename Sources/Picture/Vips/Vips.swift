#if Pictures
    internal import CVips
    internal import Glibc

    /// libvips's functions, and what is the process's own of it.
    ///
    /// Sendable without the compiler's proof: the table of functions is never written again, and libvips's functions may be called from any thread; its
    /// buffer of errors, which all threads share, is read under `faults` only.
    final class Vips: @unchecked Sendable {
        /// Loaded when first asked for. A library's state belongs to the process, as what `dlopen` loads does.
        static let shared: Result<Vips, PictureError> = {
            do throws(PictureError) { return .success(try Vips()) } catch { return .failure(error) }
        }()

        /// The library's release.
        let version: String
        let functions: UnsafePointer<GalleriaVips>
        private let faults = FaultGate()

        /// What is read: the decoders that libvips's own project fuzzes and that cameras and phones need. Others (PDF, SVG, whatever ImageMagick reads)
        /// are programs to an attacker.
        private static let loaders = [
            "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif", "VipsForeignLoadTiff",
            "VipsForeignLoadHeif",
        ]

        private init() throws(PictureError) {
            // It lives as long as the process.
            let table = UnsafeMutablePointer<GalleriaVips>.allocate(capacity: 1)
            if let cause = galleria_vips_find(table) {
                let text = String(cString: cause)
                table.deallocate()
                throw .libraryMissing(text)
            }
            functions = UnsafePointer(table)
            guard table.pointee.vips_init("galleria-deploy") == 0 else { throw .libraryMissing("vips_init failed") }
            // vips_block_untrusted_set of 8.13 would still leave loaders that nothing here needs.
            guard (table.pointee.vips_version(0), table.pointee.vips_version(1)) >= (8, 13) else {
                throw .libraryMissing("libvips is older than 8.13")
            }
            galleria_vips_be_silent(table)
            table.pointee.vips_operation_block_set("VipsForeignLoad", 1)
            for loader in Self.loaders { table.pointee.vips_operation_block_set(loader, 0) }
            // No picture is seen twice, and the caller's threads are all that there shall be.
            table.pointee.vips_cache_set_max(0)
            table.pointee.vips_concurrency_set(1)
            version = table.pointee.vips_version_string().map { String(cString: $0) } ?? ""
        }

        /// Whether there is a writer of a format.
        func writes(_ format: PictureFormat) -> Bool {
            let name =
                switch format {
                case .jpeg: "VipsForeignSaveJpegBuffer"
                case .png: "VipsForeignSavePngBuffer"
                case .webp: "VipsForeignSaveWebpBuffer"
                case .avif: "VipsForeignSaveHeifBuffer"
                }
            return functions.pointee.vips_type_find("VipsOperation", name) != 0
        }

        /// Runs `body`; where it fails, once more while nothing else runs, because all threads share one buffer of errors, and what it says must be said
        /// of this picture.
        func attributing<Value>(_ body: () throws(PictureError) -> Value) throws(PictureError) -> Value {
            // What libvips keeps for a thread is given back: the caller's threads come and go.
            defer { functions.pointee.vips_thread_shutdown() }
            do {
                faults.enter()
                defer { faults.leave() }
                return try body()
            } catch {
                guard error.isInLibraryWords else { throw error }
            }
            faults.enterAlone()
            defer { faults.leave() }
            functions.pointee.vips_error_clear()
            do {
                return try body()
            } catch {
                throw error.worded(VipsText.cause(errors()))
            }
        }

        private func errors() -> String {
            guard let text = functions.pointee.vips_error_buffer_copy() else { return "" }
            defer { functions.pointee.g_free(text) }
            return String(cString: text)
        }
    }

    extension PictureError {
        fileprivate var isInLibraryWords: Bool {
            switch self {
            case .broken, .notWritten: true
            default: false
            }
        }

        fileprivate func worded(_ cause: String) -> PictureError {
            switch self {
            case .broken: .broken(cause)
            case .notWritten(let format, _): .notWritten(format, cause)
            default: self
            }
        }
    }
#endif
