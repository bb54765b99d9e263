# Builds the plugin with the package it lies in, and puts the program beside the manifest: sh build.sh
set -e
cd "$(dirname "$0")"
swift build -c release --package-path ../../../.. --product tags
cp "$(swift build -c release --package-path ../../../.. --show-bin-path)/tags" tags
