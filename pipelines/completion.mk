# Completion of the programs' options for bash and zsh, installed with them.
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions
BASH_COMPLETIONS ?= $(PREFIX)/share/bash-completion/completions
TEST_PACKAGES += zsh

.PHONY: install-completion uninstall-completion
install: install-completion
install-completion: build
	install -D -m 644 pipelines/completion/_gwr "$(DESTDIR)$(ZSH_COMPLETIONS)/_gwr"
	install -D -m 644 pipelines/completion/gwr.bash "$(DESTDIR)$(BASH_COMPLETIONS)/gwr"
	for tool in $(TOOLS); do ln -sf gwr "$(DESTDIR)$(BASH_COMPLETIONS)/$$tool"; done
uninstall: uninstall-completion
uninstall-completion:
	rm -f "$(DESTDIR)$(ZSH_COMPLETIONS)/_gwr" "$(DESTDIR)$(BASH_COMPLETIONS)/gwr" \
		$(TOOLS:%="$(DESTDIR)$(BASH_COMPLETIONS)/%")
