#!/bin/sh
# Fuzzes the photo engine with libFuzzer and AddressSanitizer, which SwiftPM cannot link into an executable.
#
#     Scripts/fuzz.sh [SECONDS [EXECUTIONS]]      default: 1800 seconds or ten million executions, whichever comes first
#
# Findings are written to .build/fuzz/findings; the corpus in .build/fuzz/corpus grows from run to run.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-1800}
executions=${2:-10000000}
build=.build/fuzz
mkdir -p "$build/corpus" "$build/findings" "$build/seeds"
flags="-O -swift-version 6 -package-name galleria_deploy -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility -sanitize=fuzzer,address -parse-as-library -use-ld=lld"

# shellcheck disable=SC2086
swiftc $flags -emit-module -emit-object -wmo -module-name Vocabulary -emit-module-path "$build/Vocabulary.swiftmodule" \
    -o "$build/Vocabulary.o" Sources/Vocabulary/*.swift
# shellcheck disable=SC2086
swiftc $flags -emit-module -emit-object -wmo -module-name Digest -emit-module-path "$build/Digest.swiftmodule" -I "$build" -I Sources/CCrypto \
    -o "$build/Digest.o" Sources/Digest/*.swift
# shellcheck disable=SC2086
find Sources/Photo -name '*.swift' -print0 | xargs -0 swiftc $flags -wmo -module-name Photo -I "$build" -I Sources/CExif -I Sources/CCrypto \
    -o "$build/photo-fuzz" Tests/Fuzz/PhotoFuzz.swift "$build/Vocabulary.o" "$build/Digest.o" -lexif -lcrypto

samples=${GALLERIA_SHARED:-../shared}/exif-samples
if [ -d "$samples" ]; then python3 Tests/Fuzz/seeds.py "$build/seeds" "$samples"; else python3 Tests/Fuzz/seeds.py "$build/seeds"; fi
# libFuzzer prints its progress to stderr and stops with a status of its own at the first finding.
ASAN_OPTIONS=detect_leaks=0 "$build/photo-fuzz" -max_total_time="$seconds" -runs="$executions" -max_len=100000 -timeout=5 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$build/findings/" "$build/corpus" "$build/seeds"
