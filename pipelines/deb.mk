# make deb                  build/deb/gwr_VERSION_ARCH.deb: a package for Debian and its kin
TEST_PACKAGES += debhelper dpkg-dev fakeroot lintian
DEB := $(BUILD)/deb/gwr-$(VERSION)

.PHONY: deb
deb:
	pipelines/needs dh=debhelper dpkg-buildpackage=dpkg-dev fakeroot=fakeroot $(NEEDS)
	rm -rf "$(BUILD)/deb"
	mkdir -p "$(DEB)"
	cp -r Makefile LICENSE README.md bin lib pipelines "$(DEB)"
	mv "$(DEB)/pipelines/debian" "$(DEB)/debian"
	date=$$(git log -1 --format=%cD 2>/dev/null || date -R); \
	sed -i -e 's/@VERSION@/$(VERSION)/' -e "s/@DATE@/$$date/" "$(DEB)/debian/changelog"
	cd "$(DEB)" && env -u MAKEFLAGS -u MAKELEVEL -u BUILD dpkg-buildpackage -us -uc -b
	@ls "$(BUILD)"/deb/*.deb
