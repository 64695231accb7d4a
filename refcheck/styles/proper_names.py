"""Names frequent in titles: they keep their capitals when a title is set in sentence case.

General knowledge, and never whole: a name that is not here is lowered with the rest of a title in
headline capitals, unless it has a capital inside, a digit, or stands protected.
"""

from __future__ import annotations

import re

_PLACES = (
    "Africa America Americas Antarctica Arctic Asia Atlantic Australia Europe Eurasia Mediterranean Oceania Pacific Scandinavia"
    " Afghanistan Albania Algeria Angola Argentina Armenia Austria Azerbaijan Bangladesh Belarus Belgium Bolivia Bosnia"
    " Botswana Brazil Bulgaria Cambodia Cameroon Canada Chad Chile China Colombia Congo Croatia Cuba Cyprus Czechia Denmark"
    " Ecuador Egypt England Estonia Ethiopia Fiji Finland France Georgia Germany Ghana Greece Greenland Guatemala Guinea Haiti"
    " Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan Kazakhstan Kenya Korea"
    " Kosovo Kuwait Laos Latvia Lebanon Liberia Libya Lithuania Luxembourg Macedonia Madagascar Malawi Malaysia Mali Malta"
    " Mexico Moldova Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nepal Netherlands Nicaragua Niger Nigeria Norway"
    " Oman Pakistan Palestine Panama Paraguay Peru Philippines Poland Portugal Prussia Qatar Romania Russia Rwanda Scotland"
    " Senegal Serbia Singapore Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria Taiwan Tanzania Thailand Tibet"
    " Tunisia Turkey Uganda Ukraine Uruguay Uzbekistan Venezuela Vietnam Wales Yemen Zambia Zealand Zimbabwe Britain Lanka"
    " Alaska Arizona California Carolina Colorado Florida Hawaii Illinois Louisiana Massachusetts Michigan Minnesota Ohio"
    " Ontario Oregon Pennsylvania Quebec Queensland Texas Utah Virginia Wisconsin York Jersey Hampshire Dakota Amsterdam"
    " Athens Bangkok Barcelona Beijing Berlin Boston Brussels Cairo Calcutta Chicago Copenhagen Delhi Dublin Edinburgh Geneva"
    " Guangzhou Hamburg Helsinki Hiroshima Houston Istanbul Jakarta Jerusalem Kyoto Lisbon London Madrid Manchester Melbourne"
    " Milan Montreal Moscow Mumbai Munich Nairobi Oslo Oxford Paris Philadelphia Prague Rome Seoul Shanghai Shenzhen Stockholm"
    " Sydney Tehran Tokyo Toronto Vancouver Venice Vienna Warsaw Washington Wuhan Yangtze Amazonia Himalaya Himalayas Alps"
    " Andes Sahara Nile Danube Rhine Kong"
)
_PEOPLES = (
    "Aboriginal African American Arab Arabic Asian Australian Austrian Balkan Basque Belgian Brazilian British Canadian"
    " Cantonese Catalan Caribbean Celtic Chinese Christian Christianity Croatian Cuban Czech Danish Dutch Egyptian English"
    " Estonian Ethiopian European Filipino Finnish French German Germanic Greek Hebrew Hindi Hindu Hispanic Hungarian Icelandic"
    " Indian Indigenous Indonesian Iranian Irish Islam Islamic Israeli Italian Japanese Jewish Korean Kurdish Latin Latina"
    " Latino Latinx Latvian Lithuanian Malay Malaysian Mandarin Maori Mayan Mexican Mongolian Muslim Nepali Nigerian Nordic"
    " Norwegian Pakistani Persian Polish Portuguese Protestant Quechua Roman Romance Romanian Russian Sanskrit Scandinavian"
    " Scottish Semitic Serbian Slavic Spanish Swahili Swedish Swiss Syrian Taiwanese Tamil Thai Tibetan Turkish Ukrainian Urdu"
    " Vietnamese Welsh Yiddish Zulu Catholic Buddhist Buddhism Confucian Confucianism Judaism Bible Biblical Quran Jesus Christ"
    " Soviet Victorian Byzantine Ottoman Mughal Bantu Khmer Burmese Austronesian Tagalog Javanese"
)
_PERSONS = (
    "Alzheimer Anderson Arrhenius Banach Barrett Bayes Bayesian Bernoulli Bessel Bethe Bloch Bohr Boltzmann Boolean Born"
    " Bose Bourdieu Brownian Carnot Cartesian Casimir Cauchy Chebyshev Chern Chomsky Compton Confucius Coulomb Crohn"
    " Cushing Dante Darwin Darwinian Darwinism Debye Dickens Dirac Dirichlet Doppler Durkheim Einstein Euclid Euclidean Euler"
    " Feynman Fermi Foucault Fourier Freud Freudian Galileo Galois Gauss Gaussian Gibbs Goethe Gödel Hamilton Hamiltonian Hartree"
    " Hawking Hegel Heidegger Heisenberg Hermite Hilbert Hodge Hodgkin Hooke Hopf Hubbard Hubble Huntington Husserl Ising Jacobi"
    " Jacobian Josephson Joyce Jung Kalman Kant Kantian Kepler Kohn Kolmogorov Kondo Kronecker Lagrange Lagrangian Landau Laplace"
    " Laplacian Lebesgue Legendre Leibniz Lenin Levy Lewy Likert Lipschitz Lorentz Lorenz Lyapunov Machiavelli Mahalanobis"
    " Markov Markovian Marx Marxism Marxist Maxwell Mendel Mendelian Michelangelo Milton Minkowski Monte Carlo Mozart Nash Navier"
    " Newton Newtonian Nietzsche Nobel Noether Nyquist Pareto Parkinson Pavlov Piaget Planck Plato Platonic Poincaré Poisson"
    " Raman Rayleigh Riemann Riemannian Rousseau Rydberg Sartre Schrödinger Schroedinger Schwarz Shakespeare Shannon Shapley Sjögren"
    " Sobolev Socrates Stalin Stokes Taylor Tolstoy Tourette Turing Vygotsky Wagner Wasserstein Weber Weyl Wiener Wigner"
    " Wilson Wittgenstein Woolf Yang Yukawa Zeeman Zipf Ricci Kerr Skyrme Virasoro Volterra Voronoi Hausdorff Abelian Andreev"
)
_TIMES = (
    "January February April June July August September October November December Monday Tuesday Wednesday Thursday"
    " Friday Saturday Sunday Christmas Easter Ramadan Anthropocene Cambrian Cretaceous Devonian Eocene Holocene Jurassic Miocene"
    " Neolithic Oligocene Ordovician Paleolithic Permian Pleistocene Pliocene Triassic Renaissance Reformation Enlightenment"
)
_THINGS = (
    "Internet Covid Bluetooth Google Twitter Facebook Instagram Wikipedia Linux Python Android Tesla Xiaomi Huawei"
    " Microsoft Amazon Netflix Uber Airbnb Spotify Toyota Samsung Intel Ethereum Bitcoin Twitch Reddit Java Mars Venus"
    " Jupiter Saturn Uranus Neptune Pluto Helicobacter Escherichia Salmonella Drosophila Arabidopsis Saccharomyces"
    " Staphylococcus Streptococcus Mycobacterium Plasmodium Candida Aspergillus Caenorhabditis Pseudomonas Bacillus Zika Ebola"
)
NAMES = frozenset(f"{_PLACES} {_PEOPLES} {_PERSONS} {_TIMES} {_THINGS}".split())
BEFORE_PLACES = frozenset(
    "Central Cape East Eastern Great Inner Latin Mount New North Northeast Northeastern Northern Northwest Northwestern Outer"
    " Saudi South Southeast Southeastern Southern Southwest Southwestern Sri St Upper Lower West Western Hong".split()
)
"""Words that belong to the name of a place where one follows: North America, but the north wind."""
PHRASES = re.compile(
    r"\b(?:United (?:States|Kingdom|Nations|Arab Emirates)|European (?:Union|Commission|Parliament)|(?:Roman|Ottoman|British) Empire"
    r"|(?:Old|New) Testament|Middle (?:East|Ages)|(?:First |Second )?World War|Cold War|World (?:Bank|Cup|Health Organization|Trade"
    r" Organization|Wide Web)|Supreme Court|White House|Wall Street|Silk Road|Red Cross|Latin America|Nobel Prize|Industrial"
    r" Revolution|Black Sea|Red Sea|Dead Sea|North Sea|Persian Gulf|Los Angeles|San Francisco|San Diego|Puerto Rico|Costa Rica|El"
    r" Salvador|Ivory Coast|Sierra Leone|Tel Aviv|Buenos Aires|Rio de Janeiro|S[aã]o Paulo|New (?:Delhi|Orleans|England)|Great"
    r" (?:Britain|Depression|Lakes|Plains)|Milky Way|Down(?:['’]s)? (?=[Ss]yndrome)|Lie (?=[Aa]lgebra|[Gg]roup)|Bell (?=[Ii]nequalit)|March (?=\d))\b"
)
