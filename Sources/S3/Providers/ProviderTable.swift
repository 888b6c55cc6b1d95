/// The stores that are known, by their hosts and by the header fields of their answers. Each fact is from the provider's own documentation, or
/// was measured where such a server runs in the tests.
enum ProviderTable {
    /// A store, and what gives it away.
    struct Entry: Sendable {
        let profile: ProviderProfile
        /// What the hosts of its endpoints end in.
        let hosts: [String]
        /// True where the answer's header fields are this store's.
        let answers: @Sendable (_ header: (String) -> String?) -> Bool
    }

    private static let infrequent = ["STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING"]

    /// Amazon S3: User Guide, "Storage classes", "Conditional writes", "Protecting data with encryption".
    static let amazon = ProviderProfile(name: "Amazon S3").with {
        $0.conditionalWrites = .honoured
        $0.encryption = [.store, .managed, .customer]
        $0.storageClasses = ["STANDARD"] + infrequent + ["GLACIER_IR", "GLACIER", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY"]
    }

    /// Ceph's gateway (docs.ceph.com, "Ceph Object Gateway S3 API"); conditional multipart uploads are ignored, copies of any size go.
    static let ceph = ProviderProfile(name: "Ceph").with {
        $0.picksCORSRulesByOriginAlone = true
        $0.multipart.copiesAnySize = true
        // Measured with radosgw 16.2: whatever the tagging directive says, and for parts whatever the upload was begun with.
        $0.forgetsTags = true
    }

    /// Hetzner Object Storage (docs.hetzner.com, "Supported actions"): Ceph, one storage class, encryption with customer keys only.
    static let hetzner = ceph.with {
        $0.name = "Hetzner Object Storage"
        $0.encryption = [.customer]
        $0.storageClasses = ["STANDARD"]
    }

    /// Cloudflare R2 (developers.cloudflare.com/r2/api/s3/api): parts of one size, no ACLs, tags of multipart uploads are its own.
    static let r2 = ProviderProfile(name: "Cloudflare R2").with {
        $0.multipart.wantsEqualParts = true
        $0.conditionalWrites = .honoured
        $0.encryption = [.customer]
        $0.storageClasses = ["STANDARD", "STANDARD_IA"]
    }

    static let minio = ProviderProfile(name: "MinIO").with {
        $0.conditionalWrites = .honoured
        $0.hasCORS = false
        $0.corsElsewhere = "the server's setting MINIO_API_CORS_ALLOW_ORIGIN allows origins, by default all"
        $0.storageClasses = ["STANDARD", "REDUCED_REDUNDANCY"]
    }

    /// Google Cloud Storage's XML API: CORS has a document of its own kind, composite objects have no MD5.
    static let google = ProviderProfile(name: "Google Cloud Storage").with {
        $0.hasCORS = false
        $0.corsElsewhere = "gcloud storage buckets update --cors-file sets them"
        $0.encryption = []
        $0.storageClasses = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"]
    }

    /// OpenStack Swift's s3api (docs.openstack.org/swift, "CORS"): the container's metadata tells who may read.
    static let swift = ProviderProfile(name: "OpenStack Swift").with {
        $0.hasCORS = false
        $0.corsElsewhere = "the container's metadata X-Container-Meta-Access-Control-Allow-Origin allows origins"
        $0.encryption = []
        $0.storageClasses = ["STANDARD"]
    }

    static let rclone = ProviderProfile(name: "rclone serve s3").with {
        $0.hasCORS = false
        $0.encryption = []
        $0.storageClasses = ["STANDARD"]
    }

    private static func simple(
        _ name: String, encryption: Set<ProviderProfile.Encryption>? = nil, classes: [String]? = ["STANDARD"], cors: Bool = true
    ) -> ProviderProfile {
        ProviderProfile(name: name).with {
            $0.encryption = encryption
            $0.storageClasses = classes
            $0.hasCORS = cors
        }
    }

    /// Scaleway Object Storage (scaleway.com/en/docs, "Managing multipart uploads"): a tenth of Amazon's number of parts.
    static let scaleway = simple("Scaleway Object Storage", encryption: [.customer], classes: ["STANDARD", "ONEZONE_IA", "GLACIER"]).with {
        $0.multipart.maximumParts = 1000
    }

    /// All of them; the more specific first.
    static let entries: [Entry] = [
        Entry(profile: amazon, hosts: Partition.allCases.map(\.suffix)) { _ in
            // “Server: AmazonS3” and Amazon's numbers of requests are what imitations send, rclone for one.
            false
        },
        Entry(profile: hetzner, hosts: ["your-objectstorage.com"]) { _ in false },
        Entry(profile: ceph.with { $0.name = "DigitalOcean Spaces" }, hosts: ["digitaloceanspaces.com"]) { _ in false },
        Entry(profile: ceph.with { $0.name = "Akamai Object Storage" }, hosts: ["linodeobjects.com"]) { _ in false },
        Entry(profile: r2, hosts: ["r2.cloudflarestorage.com"]) { _ in false },
        Entry(profile: simple("Backblaze B2", encryption: [.store, .customer]), hosts: ["backblazeb2.com"]) { _ in false },
        Entry(profile: simple("Wasabi", encryption: [.store, .customer]), hosts: ["wasabisys.com"]) {
            $0("Server")?.hasPrefix("WasabiS3") == true
        },
        Entry(profile: scaleway, hosts: ["scw.cloud"]) { _ in false },
        Entry(profile: simple("OVHcloud Object Storage", classes: nil), hosts: ["cloud.ovh.net", "cloud.ovh.us"]) { _ in false },
        Entry(profile: simple("IDrive e2"), hosts: ["idrivee2.com"]) { _ in false },
        Entry(profile: google, hosts: ["storage.googleapis.com"]) { $0("x-goog-hash") != nil || $0("Server") == "UploadServer" },
        Entry(profile: minio, hosts: []) { $0("Server")?.hasPrefix("MinIO") == true },
        Entry(profile: simple("Garage", encryption: [.customer]), hosts: []) { $0("Server")?.hasPrefix("Garage") == true },
        Entry(profile: swift, hosts: []) { $0("x-openstack-request-id") != nil || $0("x-trans-id")?.hasPrefix("tx") == true },
        Entry(profile: rclone, hosts: []) { $0("Server")?.hasPrefix("rclone/") == true },
        // Ceph's gateway numbers its requests so, whatever stands before it.
        Entry(profile: ceph, hosts: []) { $0("x-amz-request-id")?.hasPrefix("tx000") == true },
    ]
}

extension ProviderProfile {
    /// The store behind an endpoint, as far as its host tells.
    public static func guessed(from endpoint: Endpoint) -> ProviderProfile {
        ProviderTable.entries.first { entry in
            entry.hosts.contains { endpoint.host == $0 || endpoint.host.hasSuffix("." + $0) }
        }?.profile ?? .unknown
    }

    /// The store whose answer has these header fields; nil where they tell nothing.
    static func recognized(by header: (String) -> String?) -> ProviderProfile? {
        ProviderTable.entries.first { $0.answers(header) }?.profile
    }
}
