// swift-tools-version: 6.1
import Glibc
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// What only the build knows, for `--version`. From the environment, which is part of what SwiftPM caches a manifest by; git's state is not.
func fact(_ name: String) -> CSetting {
    let value = (Context.environment[name] ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    return .define(name, to: "\"\(value)\"")
}

// The loader reads packed relocations from glibc 2.36 on (Debian 12, Ubuntu 24.04).
let glibc = {
    // “glibc 2.36” (confstr(3)).
    var text = [CChar](repeating: 0, count: 64)
    let length = confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
    return String(decoding: text.prefix(max(0, length - 1)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        .split { $0 == " " || $0 == "." }.compactMap { Int($0) }
}()
let packsRelocations = glibc.count > 1 && (glibc[0], glibc[1]) >= (2, 36)

let package = Package(
    name: "galleria-deploy",
    products: [.executable(name: "galleria-deploy", targets: ["galleria-deploy"])],
    traits: [
        .trait(name: "Pictures", description: "Converts, inspects and derives pictures with libvips, whose headers (libvips-dev) it needs.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries: a module map, a shim, pkg-config and the Debian package; each is imported by exactly one target.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CExif", pkgConfig: "libexif", providers: [.apt(["libexif-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),

        // Its functions are looked up when the first picture is opened; only with the trait are its headers needed.
        .systemLibrary(name: "CVips", pkgConfig: "galleria-vips", providers: [.apt(["libvips-dev"])]),

        .target(name: "CBuild", cSettings: [fact("GALLERIA_COMMIT"), fact("GALLERIA_LIBEXIF")]),

        // What glibc has and Swift's Glibc module does not.
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CFiles"),

        // The leaf that all may import.
        .target(name: "Vocabulary", swiftSettings: strict),

        .target(name: "Digest", dependencies: ["Vocabulary", "CCrypto"], swiftSettings: strict),
        .target(name: "HTTP", dependencies: ["Vocabulary", "CCurl"], swiftSettings: strict),
        .target(name: "S3", dependencies: ["Vocabulary", "Digest", "HTTP"], swiftSettings: strict),
        .target(name: "CDN", dependencies: ["Vocabulary", "Digest", "HTTP", "S3"], swiftSettings: strict),
        .target(name: "Photo", dependencies: ["Vocabulary", "Digest", "CExif"], swiftSettings: strict),
        .target(name: "Compression", dependencies: ["Vocabulary", "CZlib", "CBrotli"], swiftSettings: strict),
        .target(
            name: "Picture", dependencies: ["Vocabulary", .target(name: "CVips", condition: .when(traits: ["Pictures"]))],
            swiftSettings: strict),
        .target(
            name: "Source", dependencies: ["Vocabulary", "Digest", "Photo", "Picture", "Compression", "CFiles"], swiftSettings: strict),
        .target(name: "Planning", dependencies: ["Vocabulary"], swiftSettings: strict),
        .target(name: "State", dependencies: ["Vocabulary", "Digest", "CSQLite"], swiftSettings: strict),
        .target(name: "Bucket", dependencies: ["Vocabulary"], swiftSettings: strict),
        .target(
            name: "Configuration",
            dependencies: ["Vocabulary", "Photo", "Picture", "Planning", "S3", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(
            name: "Deploy",
            dependencies: [
                "Vocabulary", "Compression", "Digest", "Source", "Planning", "Bucket", "Photo", "Picture", "State", "S3", "HTTP",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "galleria-deploy",
            dependencies: [
                "Vocabulary", "Compression", "Configuration", "Deploy", "Planning", "Photo", "S3", "Bucket", "Source", "State", "HTTP",
                "CDN", "Digest", "Picture", "CBuild", "CMalloc",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            // The toolchain's own linker packs relocations, which otherwise are 2 MB of the program that are read at every start, and folds functions
            // of the same code: 4 MB less in memory.
            linkerSettings: [
                .unsafeFlags(
                    ["-use-ld=lld", "-Xlinker", "--icf=safe"]
                        + (packsRelocations ? ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"] : []),
                    .when(configuration: .release))
            ]),

        // Tests mirror the targets.
        .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"], swiftSettings: strict),
        .testTarget(name: "DigestTests", dependencies: ["Vocabulary", "Digest"], swiftSettings: strict),
        .testTarget(name: "HTTPTests", dependencies: ["Vocabulary", "HTTP"], swiftSettings: strict),
        .testTarget(
            name: "S3Tests", dependencies: ["Vocabulary", "Digest", "HTTP", "S3", "TestSupport"], exclude: ["CredentialsAgreement.py"],
            swiftSettings: strict),
        .testTarget(name: "CDNTests", dependencies: ["CDN", "HTTP", "S3", "TestSupport", "Vocabulary"], swiftSettings: strict),
        .testTarget(
            name: "BucketTests", dependencies: ["Vocabulary", "Bucket", "HTTP", "S3", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "galleria-deploy", "Configuration", "Deploy", "Photo", "Planning", "Source", "Vocabulary",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(name: "PlanningTests", dependencies: ["Planning", "TestSupport", "Vocabulary"], swiftSettings: strict),
        .testTarget(name: "StateTests", dependencies: ["State", "Vocabulary", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "Photo", "Picture", "Planning", "S3", "TestSupport", "Vocabulary"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "DeployTests",
            dependencies: [
                "Bucket", "Deploy", "HTTP", "Photo", "Picture", "Planning", "S3", "Source", "State", "Vocabulary", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(name: "CompressionTests", dependencies: ["Compression", "TestSupport", "Vocabulary"], swiftSettings: strict),
        .testTarget(name: "PictureTests", dependencies: ["Picture", "TestSupport", "Vocabulary"], swiftSettings: strict),
        .testTarget(name: "SourceTests", dependencies: ["Photo", "Source", "TestSupport", "Vocabulary"], swiftSettings: strict),

        // Real servers, an independent client and the built program, for tests; the tests end to end.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "EndToEndTests", dependencies: ["TestSupport", "galleria-deploy", "Picture"], swiftSettings: strict),
        .testTarget(name: "PhotoTests", dependencies: ["Photo", "Digest", "TestSupport", "Vocabulary"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
