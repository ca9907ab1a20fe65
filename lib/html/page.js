"use strict";
(() => {
	const one = (selector, within = document) => within.querySelector(selector);
	const every = (selector, within = document) => [...within.querySelectorAll(selector)];
	const panel = one("#panel"), contents = one("#contents"), form = one("form", panel), keys = one("dialog");
	const facts = every("#facts > li");
	const wordsOf = new Map();          // fact: its marks in the text, the number first
	const factsOf = new Map();          // mark: its facts
	let current = null;

	document.documentElement.classList.add("js");
	for (const fact of facts) {
		const ids = [one("a", fact).hash.slice(1), ...fact.dataset.subject.split(" ")];
		wordsOf.set(fact, ids.map(id => document.getElementById(id)).filter(Boolean));
		for (const mark of wordsOf.get(fact))
			factsOf.set(mark, [...factsOf.get(mark) || [], fact]);
	}

	// Choices of the filters, with what they are called, as far as the facts use them.
	const fill = (name, label) => {
		const seen = new Map();
		for (const fact of facts)
			if (fact.dataset[name])
				seen.set(fact.dataset[name], label(fact));
		for (const [value, text] of seen)
			form.elements[name].add(new Option(text, value));
		if (seen.size < 2)
			form.elements[name].parentNode.hidden = true;
	};
	const titles = every("#contents .l0");
	fill("indicator", fact => one(".i", fact).textContent);
	fill("place", fact => fact.dataset.placeName);
	fill("document", fact => {
		const title = titles.find(t => t.dataset.document === fact.dataset.document);
		return title ? title.textContent : fact.dataset.document;
	});

	const shown = () => facts.filter(fact => !fact.hidden);
	const filter = () => {
		const want = new FormData(form), words = want.get("words").trim().toLowerCase();
		const chosen = ["status", "indicator", "place", "document"].filter(name => want.get(name));
		for (const fact of facts)
			fact.hidden = chosen.some(name => fact.dataset[name] !== want.get(name)) ||
				!fact.textContent.toLowerCase().includes(words);
		for (const [mark, of] of factsOf)
			mark.classList.toggle("off", of.every(fact => fact.hidden));
		const n = shown().length;
		one("output", panel).textContent = n === facts.length ? n : `${n} / ${facts.length}`;
		one(".nothing").hidden = n > 0;
	};

	const light = fact => {
		if (current) {
			current.removeAttribute("aria-current");
			wordsOf.get(current).forEach(mark => mark.classList.remove("hit"));
		}
		current = fact;
		if (!fact)
			return;
		fact.setAttribute("aria-current", "true");
		wordsOf.get(fact).forEach(mark => mark.classList.add("hit"));
	};
	const toWords = fact => {
		light(fact);
		const [mark] = wordsOf.get(fact);
		if (mark) {
			mark.scrollIntoView({block: "center"});
			history.replaceState(null, "", "#" + mark.id);
		}
		fact.scrollIntoView({block: "nearest"});
	};
	const toFact = fact => {
		if (fact.hidden) {
			form.reset();
			filter();
		}
		light(fact);
		fact.scrollIntoView({block: "center"});
	};

	const show = (side, on = !side.classList.contains("shown")) => {
		for (const other of [panel, contents])
			other.classList.toggle("shown", other === side && on);
	};
	for (const link of every("header .to"))
		link.addEventListener("click", event => {
			event.preventDefault();
			show(document.getElementById(link.dataset.shows));
		});
	contents.addEventListener("click", () => show(contents, false));

	one("#facts").addEventListener("click", event => {
		const fact = event.target.closest("li");
		if (!fact)
			return;
		event.preventDefault();
		show(panel, false);
		toWords(fact);
	});
	one("main").addEventListener("click", event => {
		const mark = event.target.closest(".n");
		show(panel, false);
		if (!mark || !factsOf.has(mark))
			return;
		show(panel, true);
		toFact(factsOf.get(mark)[0]);
		if (getComputedStyle(panel).position === "fixed")
			mark.scrollIntoView({block: "start"});
	});
	for (const event of ["input", "change"])
		form.addEventListener(event, filter);
	form.addEventListener("submit", event => event.preventDefault());
	for (const button of every(".legend button"))
		button.addEventListener("click", () => {
			const on = button.getAttribute("aria-pressed") !== "true";
			button.setAttribute("aria-pressed", on);
			every("main .e." + button.dataset.type).forEach(mark => mark.classList.toggle("hide", !on));
		});
	one(".keys").addEventListener("click", () => keys.showModal());

	// The heading that is being read.
	const heads = every("main :is(h1, h2, h3, h4, h5, h6)");
	const links = new Map(every("a", contents).map(link => [link.hash.slice(1), link]));
	const reading = () => heads.filter(head => head.getBoundingClientRect().top < 120).pop() || heads[0];
	let here = null, asked = false;
	const follow = () => {
		asked = false;
		const link = heads.length && links.get(reading().id);
		if (link === here)
			return;
		if (here)
			here.removeAttribute("aria-current");
		here = link;
		if (!here)
			return;
		here.setAttribute("aria-current", "location");
		const box = here.getBoundingClientRect();
		if (box.top < 60 || box.bottom > innerHeight)
			contents.scrollTop += box.top - innerHeight / 2;
	};
	addEventListener("scroll", () => {
		if (!asked)
			requestAnimationFrame(follow);
		asked = true;
	}, {passive: true});

	const step = by => {
		const list = shown(), at = list.indexOf(current);
		if (list.length)
			toWords(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length]);
	};
	const turn = by => {
		const head = heads[heads.indexOf(reading()) + by];
		if (head)
			head.scrollIntoView();
	};
	const status = () => {
		const radios = [...form.elements.status];
		radios[(radios.findIndex(radio => radio.checked) + 1) % radios.length].checked = true;
		filter();
	};
	const press = {
		j: () => step(1), k: () => step(-1), "]": () => turn(1), "[": () => turn(-1), t: status,
		"/": () => { show(panel, true); form.elements.words.focus(); },
		c: () => show(contents), f: () => show(panel), "?": () => keys.showModal(),
		Escape: () => { form.reset(); filter(); light(null); show(panel, false); },
	};
	addEventListener("keydown", event => {
		const typing = event.target.matches("select, [type=search]");
		if (event.ctrlKey || event.metaKey || event.altKey || keys.open || (typing && event.key !== "Escape"))
			return;
		if (!press[event.key])
			return;
		event.preventDefault();
		if (typing)
			event.target.blur();
		press[event.key]();
	});

	form.hidden = one(".keys").hidden = false;
	follow();
	const start = document.getElementById(location.hash.slice(1));
	if (factsOf.has(start))
		toFact(factsOf.get(start)[0]);
})();
