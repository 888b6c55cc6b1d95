internal import Vocabulary

extension SettingTable {
    /// What stands between the bucket and visitors.
    static let network: [Setting<SettingValues>] = [
        Setting(
            "cdn", \.cdn, .networks, .network,
            help:
                "Content delivery networks before the bucket. What a deploy has changed or deleted, they are told to fetch anew, also where some of it "
                + "failed. Their keys come from the environment or files of their own: AWS's for CloudFront, BUNNY_API_KEY, CLOUDFLARE_API_TOKEN.",
            example: "\n  - kind: cloudfront\n    distribution: E2EXAMPLE51\n    origin-path: /gallery")
    ]

    /// Every setting of a network.
    static let networks: [Setting<CDNValues>] = [
        Setting("kind", \.kind, .choice, .network, help: "Which interface it has.", example: "cloudfront"),
        Setting(
            "distribution", \.distribution, .text("an identifier such as E2EXAMPLE51"), .network,
            help: "CloudFront's identifier of the distribution.", example: "E2EXAMPLE51"),
        Setting(
            "zone", \.zone, .text("a zone's identifier or number"), .network,
            help: "Cloudflare's identifier of the zone; Bunny's number of the pull zone, by which all of it is purged at once.",
            example: "023e105f4ecef8ad9ca31a8372d0c353"),
        Setting(
            "url", \.url, .address("the address at which visitors open what is deployed"), .network,
            help: "Where visitors open what is deployed, through this network.", standard: "cdn-url, else public-url",
            example: "https://gallery.b-cdn.net"),
        Setting(
            "origin-path", \.originPath, .originPath, .network,
            help: "The folder of the bucket that CloudFront takes for its root. Paths are then told from keys, not from an address.",
            example: "/gallery"),
        Setting(
            "profile", \.profile, .text("a profile's name"), .network,
            help: "The profile of ~/.aws/credentials and ~/.aws/config with the keys for CloudFront.", standard: "the bucket's keys",
            example: "cdn"),
        Setting(
            "key-file", \.keyFile, .path("a file"), .network,
            help: "The file with the network's API key, instead of the environment variable.", example: "/etc/galleria/bunny.key"),
        Setting(
            "purge-command", \.command, .text("a command"), .network,
            help:
                "A command that /bin/sh runs with the changed addresses on standard input, one a line; a star at the end means all that begins so.",
            example: "xargs -n1 curl -X PURGE"),
        Setting(
            "max-paths", \.maxPaths, .integer(1...3000), .network,
            help:
                "The most paths of one CloudFront invalidation; where more changed, folders are purged whole. A thousand a month are free.",
            standard: "30", example: "100"),
        Setting(
            "wait", \.wait, .boolean, .network, help: "Wait until CloudFront has carried the invalidation out.", standard: "false",
            example: "true"),
        Setting(
            "purge-new", \.purgesNew, .boolean, .network,
            help: "Purge the addresses of new files, too, for networks that keep “not found” for long.", standard: "false", example: "true"),
        Setting(
            "api-url", \.apiURL, .apiAddress, .network, help: "Where the network is asked, instead of its usual address.",
            example: "https://api.bunny.net"),
    ]

    static let networkRows = Dictionary(networks.map { ($0.name, $0) }) { first, _ in first }

    /// A network in one line, as `config show` prints it.
    static func line(of network: CDNValues) -> String {
        networks.compactMap { row in row.text(network).map { "\(row.name): \($0.joined(separator: ", "))" } }.joined(separator: ", ")
    }
}

extension Form where Value == [CDNValues] {
    static let networks = Form(
        shape: .records(SettingTable.networks.map(\.facts)), parse: nil,
        text: { networks in networks.map { network in SettingTable.line(of: network) } }
    ) { node, key, reader in
        guard case .list(let items) = node.content else {
            reader.note(node.position, .wrongType(key, expected: "a list of networks, each beginning with “- ”", found: node.kind))
            return nil
        }
        return items.map { item in
            var network = CDNValues()
            let faults = reader.faults.count
            _ = reader.group(
                item, rows: SettingTable.networkRows, into: &network,
                elsewhere: (SettingTable.names, "the target or the file's top level"))
            if reader.faults.count == faults, let problem = network.problem { reader.note(item.position, .contradiction(problem)) }
            return network
        }
    }
}

extension Form where Value == String {
    /// A folder of the bucket, kept with a slash at its beginning and none at its end.
    static let originPath = Form(
        .text("a folder of the bucket such as /gallery"),
        parse: { text throws(BadValue) in
            var path = text[...]
            while path.hasSuffix("/") { path = path.dropLast() }
            if !path.isEmpty, !path.hasPrefix("/") { path = "/" + path }
            guard !path.contains("*"), !path.contains("?"), !path.contains("//") else {
                throw BadValue("“\(text)” is no folder of the bucket. Write one such as /gallery.")
            }
            return String(path)
        })

    /// An address that is sent a secret.
    static let apiAddress = Form(
        .text("an address"),
        parse: { text throws(BadValue) in
            guard let address = PublicAddress(text) else {
                throw BadValue("“\(text)” is no address. Write one such as https://api.bunny.net.")
            }
            let host = text.hasPrefix("http://") ? text.dropFirst(7).prefix { $0 != "/" && $0 != ":" && $0 != "?" } : "localhost"
            guard ["localhost", "127.0.0.1"].contains(host) else {
                throw BadValue("“\(text)” would be sent a secret without encryption. Use https.")
            }
            return address.text
        })
}
